"""A neutral skin and a motion frame in, moved lids, brows, lashes and eyeballs out.

A lid's points sweep round an axis through the eyeball from corner to corner, so that a shutting lid lies on the
eyeball all the way. Everything that does not change from frame to frame is worked out once per presenter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.brows import BrowField, cheek_raise, smooth
from avatar.render.folds import Folds
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

SIDES = ("left", "right")
LID_MM = 1.1
"""A shut lid's outside stands this far off the eyeball."""
MEET = 0.14
"""Share of the opening that the lower lid comes up while the upper one shuts (judgement; 0.1 to 0.2 in people)."""
UPPER_REACH_MM, LOWER_REACH_MM = 12.0, 9.0
"""How far above and below its margin a lid's movement is felt, along the skin."""
BROW_SHARE, LEAST_REACH_MM = 0.85, 4.5
"""A lid draws down the skin over this share of the way to a low brow, and always over so much."""
SIDE_REACH_MM, SIDE_FADE_MM = 19.0, 6.0
SPREAD_MM = (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0)
"""Over which neighbours the opening is averaged for the skin well above a margin."""
UPPER_FOLLOWS_GAZE, LOWER_FOLLOWS_GAZE = 0.75, 0.35
"""Degrees of lid per degree of gaze up or down."""
SQUINT_UPPER, SQUINT_LOWER = 0.10, 0.22
"""Share of the opening that fully raised cheeks take from above and below."""
WIDEN = 0.10
"""Share of the opening that the upper lid lifts when the brow is fully raised."""
LEAST_WEIGHT = 1e-3


class EyeRig:
    """Weights of one presenter, and the posing."""

    def __init__(self, presenter: Presenter) -> None:
        skin = presenter.part("skin").vertices
        self._brows = BrowField(skin, presenter)
        self._folds = Folds(skin, presenter)
        self._eyes = {side: _Eye(presenter, skin, side) for side in SIDES}
        self._roots: Ints = presenter.indices.get("lash_root", np.empty(0, np.int32))
        """Empty where the lashes are in the skin's own texture, as in a picture."""
        self._root_neutral = skin[self._roots]
        lashes = presenter.part("lashes").vertices if len(self._roots) else self._root_neutral
        self._lash_offset: Floats = lashes - self._root_neutral
        left = self._root_neutral[:, :1] > 0
        self._lash_centre: Floats = np.where(left, self._eyes["left"].centre, self._eyes["right"].centre)

    def apply(self, vertices: Floats, frame: MotionFrame) -> None:
        """Moves brows, cheeks and lids of the skin (V, 3) mm in place."""
        self._brows.apply(vertices, frame)
        self._folds.apply(vertices, frame)
        for eye in self._eyes.values():
            eye.apply(vertices, frame)

    def skin_shade(self, frame: MotionFrame) -> Floats:
        """(V,) factors of the skin's light: folds that deepen."""
        return self._folds.shade(frame)

    def eye_rotation(self, frame: MotionFrame) -> tuple[Floats, Floats]:
        """(left, right), each (3, 3): turns an eyeball about its centre."""
        yaw, pitch = np.deg2rad(frame["gaze_yaw_deg"]), np.deg2rad(frame["gaze_pitch_deg"])
        about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        about_x = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
        turn = (about_y @ about_x).astype(np.float32)
        return turn, turn

    def pose(self, skin: Floats, frame: MotionFrame) -> dict[str, Floats]:
        """Moves the skin in place; returns the vertices (V, 3) mm of the eyeballs and the lashes."""
        self.apply(skin, frame)
        posed = {
            f"eye_{side}": self._eyes[side].ball_offset @ turn.T + self._eyes[side].centre
            for side, turn in zip(SIDES, self.eye_rotation(frame), strict=True)
        }
        if not len(self._roots):
            return posed
        lashes = np.empty_like(self._lash_offset)
        _hang_lashes(lashes, skin, self._roots, self._root_neutral, self._lash_offset, self._lash_centre)
        posed["lashes"] = lashes
        return posed


class _Eye:
    """One eye's lids: angles about the axis through the eyeball's centre, radii, and how far each point goes."""

    def __init__(self, presenter: Presenter, skin: Floats, side: str) -> None:
        self.side = side
        self.centre: Floats = presenter.landmarks[f"eye_{side}"].reshape(3).astype(np.float32)
        self.ball_offset: Floats = presenter.part(f"eye_{side}").vertices - self.centre
        radius = float(presenter.landmarks["eye_radius"].reshape(-1)[0])
        offset = (skin - self.centre).astype(np.float64)
        near = (np.abs(offset[:, 0]) < SIDE_REACH_MM) & (np.abs(offset[:, 1]) < 20) & (offset[:, 2] > -6)
        ids = np.flatnonzero(near)
        x, angle = offset[ids, 0], np.arctan2(offset[ids, 1], offset[ids, 2])
        reach = np.hypot(offset[ids, 1], offset[ids, 2])
        upper, lower = (offset[presenter.indices[f"{lid}_lid_{side}"]] for lid in ("upper", "lower"))
        (up, up_reach), (low, low_reach) = _margin_at(upper, x), _margin_at(lower, x)
        rim: Bools = np.isin(ids, presenter.indices[f"lid_rim_{side}"])
        is_up = np.where(rim, _nearer(offset[ids], upper, lower), angle >= (up + low) / 2)
        brow = presenter.landmarks.get(f"brow_{side}")
        upper_reach = _below_brow(x, (up, up_reach), brow - self.centre) if brow is not None else UPPER_REACH_MM
        away = np.where(
            is_up,
            _along_skin((angle - up) * reach, reach - up_reach) / upper_reach,
            (low - angle) * reach / LOWER_REACH_MM,
        )
        weight = (1 - smooth(away)) * smooth((SIDE_REACH_MM - np.abs(x)) / SIDE_FADE_MM)
        opening = np.maximum(up - low, 0.0)
        # Far above the margin the skin follows the opening's average, or a fold would hang from each corner.
        around = [_margin_at(upper, x + d)[0] - _margin_at(lower, x + d)[0] for d in SPREAD_MM]
        broad = np.maximum(np.array(around), 0).mean(axis=0)
        opening = opening + (broad - opening) * np.clip(1.6 * away, 0, 1)
        ball = np.where(rim, 0.0, np.sqrt(np.clip((radius + LID_MM) ** 2 - x**2, 0, None)))
        # Shut, the upper lid lies on the eyeball and its margin on the lower lid's.
        shut_reach = np.where(rim | ~is_up, reach, np.maximum(ball, low_reach))
        least = np.where(rim, reach, np.minimum(ball, reach + 3.0))
        columns = [np.where(is_up, weight, 0), np.where(is_up, 0, weight), opening, angle, reach, shut_reach, least]
        keep = weight > LEAST_WEIGHT
        self._ids: Ints = ids[keep].astype(np.int32)
        self._lid: Floats = np.ascontiguousarray(np.stack(columns, axis=1)[keep], np.float32)

    def apply(self, skin: Floats, frame: MotionFrame) -> None:
        """Shuts, squints and follows the gaze; adds to what the skin has already been moved by."""
        shut = min(max(frame[f"eyelid_{self.side}"], 0.0), 1.0)
        squint = cheek_raise(frame)
        widen = WIDEN * max(frame[f"brow_raise_{self.side}"], 0.0)
        gaze = float(np.deg2rad(frame["gaze_pitch_deg"])) * (1 - shut)
        upper = shut * (1 - MEET) + (1 - shut) * (SQUINT_UPPER * squint - widen)
        lower = shut * MEET + (1 - shut) * SQUINT_LOWER * squint
        if upper or lower or gaze:
            _sweep(skin, self._ids, self._lid, upper, lower, gaze * UPPER_FOLLOWS_GAZE, gaze * LOWER_FOLLOWS_GAZE, shut)


@njit(cache=True, nogil=True, fastmath=True)
def _sweep(
    skin: Floats, ids: Ints, lid: Floats, upper: float, lower: float, gaze_up: float, gaze_low: float, shut: float
) -> None:
    """lid's columns: weight as upper lid, as lower lid, opening, angle, radius, radius when shut, least radius."""
    for k in range(len(ids)):
        up, low, opening, angle, own = lid[k, 0], lid[k, 1], lid[k, 2], lid[k, 3], lid[k, 4]
        turned = angle + opening * (low * lower - up * upper) + up * gaze_up + low * gaze_low
        reach = max(own + (lid[k, 5] - own) * up * shut, lid[k, 6])
        skin[ids[k], 1] += reach * np.sin(turned) - own * np.sin(angle)
        skin[ids[k], 2] += reach * np.cos(turned) - own * np.cos(angle)


@njit(cache=True, nogil=True, fastmath=True)
def _hang_lashes(lashes: Floats, skin: Floats, roots: Ints, neutral: Floats, offset: Floats, centre: Floats) -> None:
    """Each lash goes with its root and turns as far as its root has turned about the eyeball."""
    for k in range(len(roots)):
        root = skin[roots[k]]
        before = np.arctan2(neutral[k, 1] - centre[k, 1], neutral[k, 2] - centre[k, 2])
        turn = np.arctan2(root[1] - centre[k, 1], root[2] - centre[k, 2]) - before
        cosine, sine = np.cos(turn), np.sin(turn)
        lashes[k, 0] = root[0] + offset[k, 0]
        lashes[k, 1] = root[1] + offset[k, 1] * cosine + offset[k, 2] * sine
        lashes[k, 2] = root[2] + offset[k, 2] * cosine - offset[k, 1] * sine


def _margin_at(margin: Doubles, x: Doubles) -> tuple[Doubles, Doubles]:
    """The margin's angle and radius at each x, held constant beyond the corners."""
    order = np.argsort(margin[:, 0])
    angle = np.arctan2(margin[order, 1], margin[order, 2])
    reach = np.hypot(margin[order, 1], margin[order, 2])
    return np.interp(x, margin[order, 0], angle), np.interp(x, margin[order, 0], reach)


def _along_skin(turned_mm: Doubles, outward_mm: Doubles) -> Doubles:
    """How far up the skin is from the margin: round the eyeball, and outward to a brow that stands before it."""
    length: Doubles = np.sign(turned_mm) * np.hypot(turned_mm, np.maximum(outward_mm, 0))
    return length


def _below_brow(x: Doubles, margin: tuple[Doubles, Doubles], brow: Floats) -> Doubles:
    """How far above the margin (angle, radius) at each x the lid may draw skin down, mm: not the brow itself."""
    angle, radius = margin
    order = np.argsort(brow[:, 0])
    height = np.interp(x, brow[order, 0], brow[order, 1]) - radius * np.sin(angle)
    room: Doubles = np.clip(BROW_SHARE * height, LEAST_REACH_MM, UPPER_REACH_MM)
    return room


def _nearer(points: Doubles, upper: Doubles, lower: Doubles) -> Bools:
    """Which points lie nearer to the upper margin than to the lower one."""
    to_upper = np.linalg.norm(points[:, None] - upper[None], axis=2).min(axis=1)
    to_lower = np.linalg.norm(points[:, None] - lower[None], axis=2).min(axis=1)
    nearer: Bools = to_upper <= to_lower
    return nearer
