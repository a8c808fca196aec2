"""A size and finger angles in, the bones of a right hand out, mm.

Hand space: the origin is the wrist, x runs to the fingers, y to the thumb, z out of the back of the hand. Lengths and
breadths of a woman's hand after Greiner 1991 (hand anthropometry of U.S. Army personnel): 181 mm long, 80 mm broad,
rounded; the rest is judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from avatar.studio.distance_field import Bones, bones, joined, smooth_union

Doubles = npt.NDArray[np.float64]

FINGERS = ("index", "middle", "ring", "little")
KNUCKLES = {"index": (88, 26, 2), "middle": (91, 6, 5), "ring": (86, -14, 3), "little": (76, -32, -2)}
FAN_DEG = {"index": 4.0, "middle": 0.0, "ring": -4.0, "little": -9.0}
PHALANGES_MM = {"index": (42, 24, 15), "middle": (46, 28, 16), "ring": (43, 26, 16), "little": (33, 19, 14)}
RADII_MM = {
    "index": (9.6, 8.6, 7.5, 6.5),
    "middle": (9.8, 8.8, 7.7, 6.7),
    "ring": (9.2, 8.2, 7.2, 6.3),
    "little": (8.2, 7.2, 6.3, 5.5),
}
THUMB = ((16, 24, -8), (48, 44, -14))
"""The thumb's metacarpal."""
THUMB_PHALANGES_MM, THUMB_RADII_MM = (33, 20), (11.5, 9.6, 7.9)
PALM = (
    # start, end, radii, blend
    ((-14, 8, 0), (2, 10, 0), 16.0, 15.5, 16.0),
    ((-14, -8, 0), (2, -9, 0), 16.0, 15.0, 16.0),
    ((0, 12, 0), (84, 25, 0), 16.0, 11.5, 14.0),
    ((0, 3, 0), (88, 6, 2), 16.0, 12.0, 14.0),
    ((0, -6, 0), (83, -13, 0), 16.0, 11.5, 14.0),
    ((0, -12, 0), (73, -30, -3), 15.0, 10.5, 14.0),
    ((12, 15, -8), (46, 38, -13), 14.5, 12.5, 14.0),
    ((8, -13, -6), (58, -29, -6), 13.5, 11.5, 14.0),
)
FOREARM_MM = (22.0, 17.5, 84.0)
"""Radii of the arm within the cuff and at the wrist, and how much of it is modelled."""
TENDON_RADIUS_MM, TENDON_BLEND_MM = 2.0, 7.0
WEB_MM, WEB_RADIUS_MM, WEB_BLEND_MM = np.array([13.0, 0.0, -4.0]), 4.5, 9.0
"""Skin spans the fingers this far beyond the knuckles."""
KNUCKLE_RADIUS_MM, KNUCKLE_BLEND_MM = 7.0, 8.0
FINGER_BLEND_MM, JOINT_BLEND_MM = 6.0, 1.5


@dataclass(frozen=True, slots=True)
class HandPose:
    """Angles of the joints."""

    curl_deg: tuple[tuple[float, float, float], ...]
    """For index, middle, ring and little finger: at knuckle, middle and last joint."""
    thumb_direction: tuple[float, float, float]
    thumb_bend_deg: float = 12.0
    """At its last joint, towards the palm."""


@dataclass(frozen=True, slots=True)
class Finger:
    """One finger's joints, for painters."""

    joints: Doubles
    """(4, 3) or, for the thumb, (3, 3) mm: knuckle to tip."""
    radii: Doubles
    back: Doubles
    """(3,) out of the nail."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand in the world."""

    palm: Bones
    fingers: tuple[Bones, ...]
    """Index, middle, ring, little, thumb: each melts into the palm and not into its neighbours."""
    joints: tuple[Finger, ...]

    def distance(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm, negative inside."""
        palm = self.palm.distance(places)
        every = [smooth_union(palm, finger.distance(places), FINGER_BLEND_MM) for finger in self.fingers]
        nearest: Doubles = np.minimum.reduce(every)
        return nearest


def hand(pose: HandPose, size: float, rotation: Doubles, origin: Doubles, elbow: Doubles, is_left: bool) -> Hand:
    """A hand of `size` times the usual, turned (3, 3) from hand space, its wrist at origin and the elbow there, mm.

    A left hand is the mirror image of a right one: all places are given as for the right hand and mirrored.
    """
    chains = [_finger(name, pose.curl_deg[k]) for k, name in enumerate(FINGERS)]
    chains.append(_thumb(pose))
    flip = np.diag([-1.0 if is_left else 1.0, 1.0, 1.0])
    turn: Doubles = np.matmul(flip, rotation) * size
    at: Doubles = np.matmul(flip, origin)

    def moved(one: Bones) -> Bones:
        set_up = one.moved(turn, at)
        return Bones(
            set_up.start, set_up.end, set_up.start_radius * size, set_up.end_radius * size, set_up.blend * size
        )

    start: Doubles = np.matmul(flip, elbow)
    to_elbow = (start - at) / np.linalg.norm(start - at)
    wide, narrow, length = (size * mm for mm in FOREARM_MM)
    forearm = bones([(at + to_elbow * length, at + to_elbow * 4, wide, narrow, 1.0)])
    joints = tuple(Finger(chain @ turn.T + at, radii * size, turn @ back / size) for chain, radii, back in chains)
    fingers = tuple(moved(_finger_bones(chain, radii)) for chain, radii, _ in chains)
    return Hand(joined(forearm, moved(_palm())), fingers, joints)


def _finger(name: str, curl_deg: tuple[float, float, float]) -> tuple[Doubles, Doubles, Doubles]:
    """Joints, radii and the nail's direction: each joint bends towards the palm."""
    fan = np.radians(FAN_DEG[name])
    forward = np.array([np.cos(fan), np.sin(fan), 0.0])
    back = np.array([0.0, 0.0, 1.0])
    chain = [np.array(KNUCKLES[name], np.float64)]
    angle = 0.0
    for length, bend in zip(PHALANGES_MM[name], curl_deg, strict=True):
        angle += np.radians(bend)
        chain.append(chain[-1] + length * (np.cos(angle) * forward - np.sin(angle) * back))
    nail = np.cos(angle) * back + np.sin(angle) * forward
    return np.array(chain), np.array(RADII_MM[name]), nail


def _thumb(pose: HandPose) -> tuple[Doubles, Doubles, Doubles]:
    forward = np.array(pose.thumb_direction, np.float64)
    forward /= np.linalg.norm(forward)
    nail = np.array([-0.35, 0.45, 0.82])
    nail -= (nail @ forward) * forward
    nail /= np.linalg.norm(nail)
    bend = np.radians(pose.thumb_bend_deg)
    last = np.cos(bend) * forward - np.sin(bend) * nail
    first, second = THUMB_PHALANGES_MM
    knuckle = np.array(THUMB[1], np.float64)
    middle = knuckle + first * forward
    return np.array([knuckle, middle, middle + second * last]), np.array(THUMB_RADII_MM), nail


def _finger_bones(chain: Doubles, radii: Doubles) -> Bones:
    rows = [
        (chain[k], chain[k + 1], float(radii[k]), float(radii[k + 1]), JOINT_BLEND_MM) for k in range(len(chain) - 1)
    ]
    return bones(rows)


def _palm() -> Bones:
    rows: list[tuple[npt.ArrayLike, npt.ArrayLike, float, float, float]] = [
        *PALM,
        (THUMB[0], THUMB[1], 13.5, 11.5, 14.0),
    ]
    between = [(np.array(KNUCKLES[a]) + WEB_MM, np.array(KNUCKLES[b]) + WEB_MM) for a, b in pairwise(FINGERS)]
    rows += [(one, other, WEB_RADIUS_MM, WEB_RADIUS_MM, WEB_BLEND_MM) for one, other in between]
    for name in FINGERS:
        x, y, z = KNUCKLES[name]
        rows.append(((x - 1, y, z + 4.5), (x + 1, y, z + 4.5), KNUCKLE_RADIUS_MM, KNUCKLE_RADIUS_MM, KNUCKLE_BLEND_MM))
        rows.append(((18, 0.45 * y, 12.5), (x - 4, y, z + 9.0), TENDON_RADIUS_MM, TENDON_RADIUS_MM, TENDON_BLEND_MM))
    return bones(rows)
