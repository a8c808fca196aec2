"""A size and finger angles in, the bones of a right hand out, mm.

Hand space: the origin is the wrist, x runs to the fingers, y to the thumb, z out of the back of the hand. Lengths and
breadths of a woman's hand after Greiner 1991 (hand anthropometry of U.S. Army personnel): 181 mm long, 80 mm broad,
rounded; the rest is judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from avatar.studio.distance_field import Bones, bones, joined, smooth_union

Doubles = npt.NDArray[np.float64]

FINGERS = ("index", "middle", "ring", "little")
KNUCKLES = {"index": (88, 26, 2), "middle": (91, 6, 5), "ring": (86, -14, 3), "little": (76, -32, -2)}
FAN_DEG = {"index": -7.0, "middle": -2.5, "ring": 1.5, "little": 4.5}
"""Fingers at rest lie side by side."""
PHALANGES_MM = {"index": (42, 24, 15), "middle": (46, 28, 16), "ring": (43, 26, 16), "little": (33, 19, 14)}
RADII_MM = {
    "index": (9.8, 8.5, 7.1, 5.3),
    "middle": (10.0, 8.7, 7.3, 5.5),
    "ring": (9.6, 8.2, 6.9, 5.1),
    "little": (8.6, 7.1, 6.0, 4.5),
}
"""At the knuckle, at both joints and in the tip."""
WAIST = 0.92
"""Between two joints a finger is slimmer than a straight cone by this factor."""
THUMB = ((16, 24, -8), (48, 44, -14))
"""The thumb's metacarpal."""
THUMB_PHALANGES_MM, THUMB_RADII_MM = (33, 22), (11.0, 9.2, 7.2)
PALM = (
    # start, end, radii, blend
    ((-4, 9, 0), (6, 12, 0), 12.5, 13.0, 22.0),
    ((-4, -9, 0), (6, -11, 0), 12.5, 12.5, 22.0),
    ((4, 12, 0), (84, 25, 0), 13.5, 10.5, 14.0),
    ((4, 3, 0), (88, 6, 2), 14.0, 11.0, 14.0),
    ((4, -6, 0), (83, -13, 0), 14.0, 10.5, 14.0),
    ((4, -12, 0), (73, -30, -3), 13.0, 9.5, 14.0),
    ((12, 14, -8), (46, 36, -13), 13.0, 11.5, 14.0),
    ((8, -12, -6), (58, -28, -6), 12.0, 10.5, 14.0),
)
FOREARM_MM = (17.5, 12.5, 84.0)
"""Radii of radius and ulna with their flesh within the cuff and at the wrist, and how much of them is modelled."""
FOREARM_APART_MM, FOREARM_BLEND_MM = (7.0, 9.5), 14.0
"""Half the distance between them within the cuff and at the wrist."""
ULNA_HEAD = ((-11, -12, 8), (-7, -12, 8), 6.5, 6.5, 8.0)
"""The bump over the little finger's side of the wrist."""
TENDON_RADIUS_MM, TENDON_BLEND_MM = 2.0, 7.0
WEB_MM, WEB_RADIUS_MM, WEB_BLEND_MM = np.array([13.0, 0.0, -4.0]), 4.5, 9.0
"""Skin spans the fingers this far beyond the knuckles."""
KNUCKLE_RADIUS_MM, KNUCKLE_BLEND_MM = 7.0, 8.0
FINGER_BLEND_MM, JOINT_BLEND_MM, TOUCH_BLEND_MM = 6.0, 1.5, 1.2
"""Between finger and palm, at a finger's joints, and where fingers lie side by side."""


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
    """Index, middle, ring, little, thumb: each melts into the palm and hardly into its neighbours."""
    joints: tuple[Finger, ...]

    def distance(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm, negative inside."""
        palm = self.palm.distance(places)
        every = [smooth_union(palm, finger.distance(places), FINGER_BLEND_MM) for finger in self.fingers]
        return reduce(lambda one, other: smooth_union(one, other, TOUCH_BLEND_MM), every)


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
    forearm = _forearm(at, (start - at) / np.linalg.norm(start - at), turn)
    joints = tuple(Finger(chain @ turn.T + at, radii * size, turn @ back / size) for chain, radii, back in chains)
    fingers = tuple(moved(_finger_bones(chain, radii)) for chain, radii, _ in chains)
    return Hand(joined(forearm, moved(_palm())), fingers, joints)


def _forearm(wrist: Doubles, to_elbow: Doubles, turn: Doubles) -> Bones:
    """Radius and ulna from the sleeve to the wrist, side by side along the hand's breadth, in the world."""
    size = float(np.linalg.norm(turn[:, 1]))
    breadth = turn[:, 1] - (turn[:, 1] @ to_elbow) * to_elbow
    breadth /= np.linalg.norm(breadth)
    (wide, narrow, length), (far, near) = FOREARM_MM, FOREARM_APART_MM
    rows: list[tuple[npt.ArrayLike, npt.ArrayLike, float, float, float]] = []
    for side in (size, -size):
        start, end = (
            wrist + size * mm * to_elbow + side * apart * breadth for mm, apart in ((length, far), (4.0, near))
        )
        rows.append((start, end, size * wide, size * narrow, size * FOREARM_BLEND_MM))
    return bones(rows)


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
    """Two cones between each two joints, slimmest where they meet."""
    middles, waists = (chain[:-1] + chain[1:]) / 2, WAIST * (radii[:-1] + radii[1:]) / 2
    rows: list[tuple[npt.ArrayLike, npt.ArrayLike, float, float, float]] = []
    for k in range(len(chain) - 1):
        rows.append((chain[k], middles[k], float(radii[k]), float(waists[k]), JOINT_BLEND_MM))
        rows.append((middles[k], chain[k + 1], float(waists[k]), float(radii[k + 1]), JOINT_BLEND_MM))
    return bones(rows)


def _palm() -> Bones:
    rows: list[tuple[npt.ArrayLike, npt.ArrayLike, float, float, float]] = [
        *PALM,
        (THUMB[0], THUMB[1], 12.5, 11.0, 14.0),
        ULNA_HEAD,
    ]
    between = [(np.array(KNUCKLES[a]) + WEB_MM, np.array(KNUCKLES[b]) + WEB_MM) for a, b in pairwise(FINGERS)]
    rows += [(one, other, WEB_RADIUS_MM, WEB_RADIUS_MM, WEB_BLEND_MM) for one, other in between]
    for name in FINGERS:
        x, y, z = KNUCKLES[name]
        rows.append(((x - 1, y, z + 4.5), (x + 1, y, z + 4.5), KNUCKLE_RADIUS_MM, KNUCKLE_RADIUS_MM, KNUCKLE_BLEND_MM))
        rows.append(((18, 0.45 * y, 12.5), (x - 4, y, z + 9.0), TENDON_RADIUS_MM, TENDON_RADIUS_MM, TENDON_BLEND_MM))
    return bones(rows)
