"""A build in, the clothed trunk and arms as a signed distance out, mm: a person standing with hands laid together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.studio.creases import Fan, Rings
from avatar.studio.distance_field import Bones, bones, smooth_union
from avatar.studio.hand_shape import Hand, HandPose, hand
from avatar.studio.person import Build
from avatar.studio.torso import AXIS_Z, NECK_Y, PROFILE, smooth_curve

Doubles = npt.NDArray[np.float64]

CHEST = np.array(
    [
        # height, half width, depth in front of the axis, below the shoulders and without the arms
        (-176.0, 160.0, 88.0),
        (-216.0, 152.0, 99.0),
        (-266.0, 147.0, 103.0),
        (-326.0, 139.0, 97.0),
        (-386.0, 133.0, 95.0),
        (-446.0, 140.0, 96.0),
        (-506.0, 152.0, 98.0),
        (-586.0, 166.0, 99.0),
        (-746.0, 168.0, 98.0),
    ]
)
SHOULDERS_END_Y = -156.0
"""Above it the trunk has the shoulders' profile, below it the chest's."""
CLOTH_MM = 2.2
SHOULDER, ELBOW = np.array([-153.0, -182.0, -120.0]), np.array([-208.0, -398.0, -28.0])
"""Right arm."""
WRIST_RIGHT, WRIST_LEFT = np.array([-80.0, -362.0, 32.0]), np.array([-80.0, -360.0, 6.0])
"""The left one as on the right side: hands are posed there and mirrored. The right hand lies on the left one."""
SLEEVE_SHARE, CUFF_ROUND_MM = 0.80, 4.0
"""How far down the forearm sleeves reach, and how round their edge is."""
CUFF_MM, CUFF_DEPTH_MM = 22.0, 1.6
"""Width of the cuff, and how far below the sleeve it lies."""
CUFF_THICK_MM = 2.6
"""Of the cloth that is seen at the opening."""
FAR_MM = 1e3
"""Stands for: no cuff anywhere near."""
SLEEVE_RADII_MM = (45.0, 35.0, 34.0, 27.5)
"""Shoulder, above and below the elbow, cuff."""
SLEEVE_BLEND_MM, ELBOW_BLEND_MM = (38.0, 9.0), 8.0
"""Sleeves pass softly into the shoulder and lie against the chest below the armpit."""
ARMPIT_Y = (-186.0, -250.0)
"""Between these heights the one becomes the other."""
ARMPIT = (-136.0, -236.0)
"""x and y of the right one, from which folds run over chest and sleeve."""
DRAG_RAD = -0.7
"""Which way from the armpit the folds run: 0 outward, below it down the sleeve."""
SLEEVE_ONLY_MM = 8.0
"""So far from a sleeve its own folds end."""
CROOK_MM = 96.0
"""From the elbow's middle to where a bent sleeve's folds run together."""
RELAXED_RIGHT = HandPose(((6, 14, 8), (8, 17, 10), (10, 19, 11), (12, 20, 12)), (0.95, 0.24, -0.04))
RELAXED_LEFT = HandPose(((14, 20, 10), (16, 22, 12), (18, 24, 14), (20, 26, 14)), (0.95, 0.22, 0.05))
RIGHT_AXES = ((0.97, -0.14, 0.12), (-0.12, 0.30, 0.95))
LEFT_AXES = ((0.97, -0.12, 0.06), (-0.06, 0.25, 0.95))
"""Where the fingers point and where the back of the hand looks, on the right side."""


@dataclass(frozen=True, slots=True)
class Sleeve:
    """The cloth round one arm."""

    upper: Bones
    lower: Bones
    armpit: Fan
    crook: Fan
    rings: Rings

    def distance(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm, negative inside; cut straight at the cuff."""
        beyond = self.beyond(places)
        in_cuff = np.clip(1 + (beyond + CUFF_MM) / 1.5, 0, 1)
        tube = self.lower.distance(places) + CUFF_DEPTH_MM * in_cuff
        lower = -smooth_union(-tube, -beyond, CUFF_ROUND_MM)
        return smooth_union(self.upper.distance(places), lower, ELBOW_BLEND_MM)

    def beyond(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm along the forearm beyond the sleeve's end, negative before it."""
        return np.asarray((places - self.lower.end[-1]) @ self.way)

    def opening(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm from the cuff's inner edge towards the middle, negative outside the opening."""
        beyond = self.beyond(places)
        from_axis = np.linalg.norm(places - self.lower.end[-1] - beyond[:, None] * self.way, axis=1)
        inward = self.lower.end_radius[-1] - CUFF_DEPTH_MM - CUFF_THICK_MM - from_axis
        return np.where(np.abs(beyond) < CUFF_ROUND_MM, inward, -FAR_MM)

    @property
    def way(self) -> Doubles:
        """(3,) unit vector down the forearm."""
        way = self.lower.end[-1] - self.lower.start[-1]
        return np.asarray(way / np.linalg.norm(way))

    def relief(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm that its folds stand out, and those that run from the armpit over the chest."""
        on_sleeve = np.clip(1.2 - self.distance(places) / SLEEVE_ONLY_MM, 0, 1)
        return np.asarray(self.armpit(places) + on_sleeve * (self.crook(places) + self.rings(places)))


@dataclass(frozen=True, slots=True)
class BodyShape:
    """A body to be sculpted."""

    build: Build
    sleeves: tuple[Sleeve, Sleeve]
    hands: tuple[Hand, Hand]
    """Right, left."""

    def clothed(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm from the cloth over trunk and arms, negative inside."""
        found = trunk_distance(self.build, places) - CLOTH_MM
        below = np.clip((ARMPIT_Y[0] - places[:, 1]) / (ARMPIT_Y[0] - ARMPIT_Y[1]), 0, 1)
        blend = SLEEVE_BLEND_MM[0] + (SLEEVE_BLEND_MM[1] - SLEEVE_BLEND_MM[0]) * below * below * (3 - 2 * below)
        for sleeve in self.sleeves:
            found = smooth_union(found, sleeve.distance(places), blend)
        return found

    def creased(self, places: Doubles) -> Doubles:
        """As clothed, with the folds of the sleeves: what is painted on the smooth form."""
        return self.clothed(places) - self.sleeves[0].relief(places) - self.sleeves[1].relief(places)

    def before_cuff(self, places: Doubles) -> tuple[Doubles, Doubles]:
        """(N, 3) mm to (N,) mm up the nearest sleeve from its end, far where there is none, and (N,) mm across it."""
        before, across = np.full(len(places), FAR_MM), np.zeros(len(places))
        for sleeve in self.sleeves:
            on_it = np.abs(sleeve.lower.distance(places)) < CUFF_DEPTH_MM + 4
            before = np.where(on_it, -sleeve.beyond(places), before)
            across = np.where(on_it, places @ np.cross(sleeve.way, (0.0, 0.0, 1.0)), across)
        return before, across

    def in_sleeve(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm from a cuff's inner edge towards the middle of its opening, negative outside it."""
        return np.maximum(self.sleeves[0].opening(places), self.sleeves[1].opening(places))

    def out_of_sleeve(self, places: Doubles) -> Doubles:
        """(N, 3) mm of hands to (N,) mm beyond the end of the sleeve that they come from."""
        return np.minimum(self.sleeves[0].beyond(places), self.sleeves[1].beyond(places))

    def bare(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm from the skin of both hands."""
        return np.minimum(self.hands[0].distance(places), self.hands[1].distance(places))


def body_shape(build: Build) -> BodyShape:
    """The body of that build, hands laid together before the waist."""
    elbow = ELBOW * np.array([build.shoulders, 1.0, 1.0])
    hands = (
        hand(RELAXED_RIGHT, build.hands, axes(*RIGHT_AXES), WRIST_RIGHT, elbow, False),
        hand(RELAXED_LEFT, build.hands, axes(*LEFT_AXES), WRIST_LEFT, elbow, True),
    )
    return BodyShape(build, (_sleeve(build, WRIST_RIGHT, 1.0), _sleeve(build, WRIST_LEFT, -1.0)), hands)


def axes(forward: npt.ArrayLike, back: npt.ArrayLike) -> Doubles:
    """(3, 3): columns are the hand's x, y and z in the world."""
    x = np.asarray(forward, np.float64)
    x = x / np.linalg.norm(x)
    z = np.asarray(back, np.float64)
    z = z - (z @ x) * x
    z = z / np.linalg.norm(z)
    return np.stack([x, np.cross(z, x), z], axis=1)


def trunk_distance(build: Build, places: Doubles) -> Doubles:
    """(N, 3) mm to (N,) mm from the skin of neck and trunk, close to true near the surface."""
    x, y, z = np.abs(places[:, 0]), places[:, 1], places[:, 2]
    height, half_width, front_depth, steepness = _half_axes(build)
    width, depth, slope = (np.interp(y, height, table) for table in (half_width, front_depth, steepness))
    flat = np.clip((-y - 96) / 60, 0, 1) * 0.25
    bust = build.bust_mm * np.exp(-0.5 * (((x - 68) / 38) ** 2 + ((y + 254) / 40) ** 2))
    ahead = np.abs(z - AXIS_Z - bust * (z > AXIS_Z))
    share = np.sqrt((x / width) ** 2 + (ahead / depth) ** (2 / (1 - flat)))
    from_axis = np.hypot(x, ahead)
    away = from_axis - from_axis / np.maximum(share, 1e-3)
    slope = slope * np.clip(x / width, 0, 1)
    distance: Doubles = away / np.sqrt(1 + slope**2)
    return distance


@lru_cache(maxsize=8)
def _half_axes(build: Build) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Heights from below upward, mm, and there half the width, the depth and the width's change per mm."""
    upper = PROFILE[PROFILE[:, 0] > SHOULDERS_END_Y]
    table = np.vstack([upper, CHEST])
    y = np.arange(table[-1, 0], table[0, 0] + 1.0)
    wide = smooth_curve(-y, -np.array(NECK_Y), np.array([build.neck, build.shoulders]))
    thick = smooth_curve(-y, -np.array(NECK_Y), np.array([build.neck, 1.0]))
    width = smooth_curve(-y, -table[:, 0], table[:, 1]) * wide
    return y, width, smooth_curve(-y, -table[:, 0], table[:, 2]) * thick, np.gradient(width, y)


def _sleeve(build: Build, wrist: Doubles, sign: float) -> Sleeve:
    mirror = np.array([sign, 1.0, 1.0])
    wide = np.array([build.shoulders, 1.0, 1.0])
    shoulder, elbow = SHOULDER * wide, ELBOW * wide
    end = elbow + (wrist - elbow) * SLEEVE_SHARE
    top, above, below, cuff = (radius * build.arms for radius in SLEEVE_RADII_MM)
    return Sleeve(
        bones([(shoulder * mirror, elbow * mirror, top, above, 1.0)]),
        bones([(elbow * mirror, end * mirror, below, cuff, 1.0)]),
        *_folds(shoulder * mirror, elbow * mirror, end * mirror, sign),
    )


def _folds(shoulder: Doubles, elbow: Doubles, end: Doubles, sign: float) -> tuple[Fan, Fan, Rings]:
    """Where a sleeve gathers; the two sides are not each other's mirror images."""
    up, down = (way / np.linalg.norm(way) for way in (shoulder - elbow, end - elbow))
    inward = (up + down) / np.linalg.norm(up + down)
    sideways = (up - down) / np.linalg.norm(up - down)
    armpit = np.array([sign * ARMPIT[0], ARMPIT[1], 0.0])
    view = np.array([[-sign, 0.0, 0.0], [0.0, 1.0, 0.0]])
    return (
        Fan(armpit, view, 9.0, 3.6, 44.0, 1.1 - 0.4 * sign, DRAG_RAD),
        Fan(elbow + CROOK_MM * inward, np.stack([-inward, sideways]), 15.0, 6.0, 46.0, 0.4 + 0.5 * sign),
        Rings(end, down, 3.4, 15.0, CUFF_MM, 50.0),
    )
