"""A neutral skin and a motion frame in, moved lids, brows, lashes and eyeballs out.

A lid's points sweep round an axis through the eyeball from corner to corner, so that a shutting lid lies on the
eyeball all the way. Everything that does not change from frame to frame is worked out once per presenter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

LID_MM = 1.1
"""A shut lid's outside stands this far off the eyeball."""
LASH_CLEARANCE = 0.1
MEET = 0.14
"""Share of the opening that the lower lid comes up while the upper one shuts (judgement; 0.1 to 0.2 in people)."""
UPPER_REACH_MM, LOWER_REACH_MM = 12.0, 9.0
"""How far above and below its margin a lid's movement is felt, along the skin."""
SIDE_REACH_MM, SIDE_FADE_MM = 19.0, 6.0
UPPER_FOLLOWS_GAZE, LOWER_FOLLOWS_GAZE = 0.75, 0.35
"""Degrees of lid per degree of gaze up or down."""
SQUINT_LOWER, SQUINT_UPPER = 0.22, 0.10
"""Share of the opening that full cheek_raise takes from below and above."""
SMILE_SQUINT = 0.35
"""A full smile raises the cheeks by this much of cheek_raise."""
WIDEN = 0.10
"""Share of the opening that the upper lid lifts when the brow is fully raised."""
BROW_RAISE_MM, BROW_LOWER_MM = 6.0, 3.0
FURROW_IN_MM, FURROW_DOWN_MM = 3.2, 2.4
CHEEK_LIFT_MM = 2.4


class EyeRig:
    """Weights of one presenter, and the posing."""

    def __init__(self, presenter: Presenter) -> None:
        skin = presenter.part("skin").vertices
        self._brows = _BrowField(skin, presenter)
        self._eyes = {side: _Eye(presenter, skin, side) for side in ("left", "right")}
        roots = presenter.indices["lash_root"]
        self._lashes = presenter.part("lashes").vertices
        self._lash_roots = roots
        self._root_neutral = skin[roots]
        self._lash_eye = np.where(self._root_neutral[:, 0] > 0, 1, 0)

    def apply(self, vertices: Floats, frame: MotionFrame) -> None:
        """Moves brows, cheeks and lids of the skin (V, 3) mm in place."""
        self._brows.apply(vertices, frame)
        for eye in self._eyes.values():
            eye.apply(vertices, frame)

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
        turns = dict(zip(("left", "right"), self.eye_rotation(frame), strict=True))
        posed = {
            f"eye_{side}": (eye.ball - eye.centre) @ turns[side].T + eye.centre for side, eye in self._eyes.items()
        }
        posed["lashes"] = self._pose_lashes(skin, frame)
        return posed

    def _pose_lashes(self, skin: Floats, frame: MotionFrame) -> Floats:
        root = skin[self._lash_roots]
        offset = self._lashes - self._root_neutral
        turned = np.empty_like(offset)
        for k, side in enumerate(("right", "left")):
            mine = self._lash_eye == k
            centre = self._eyes[side].centre
            before = np.arctan2(self._root_neutral[mine, 1] - centre[1], self._root_neutral[mine, 2] - centre[2])
            after = np.arctan2(root[mine, 1] - centre[1], root[mine, 2] - centre[2])
            cosine, sine = np.cos(after - before), np.sin(after - before)
            own = offset[mine]
            turned[mine, 0] = own[:, 0]
            turned[mine, 1] = own[:, 1] * cosine + own[:, 2] * sine
            turned[mine, 2] = own[:, 2] * cosine - own[:, 1] * sine
        lashes: Floats = root + turned
        return lashes


class _Eye:
    """One eye's lids: angles about the axis through the eyeball's centre, radii, and how far each point goes."""

    def __init__(self, presenter: Presenter, skin: Floats, side: str) -> None:
        self.side = side
        self.centre: Floats = presenter.landmarks[f"eye_{side}"].reshape(3)
        self.radius = float(presenter.landmarks["eye_radius"].reshape(-1)[0])
        self.ball: Floats = presenter.part(f"eye_{side}").vertices
        margin_up, margin_low = presenter.indices[f"upper_lid_{side}"], presenter.indices[f"lower_lid_{side}"]
        offset = (skin - self.centre).astype(np.float64)
        near = (np.abs(offset[:, 0]) < SIDE_REACH_MM) & (np.abs(offset[:, 1]) < 20) & (offset[:, 2] > -6)
        ids = np.flatnonzero(near)
        x = offset[ids, 0]
        angle = np.arctan2(offset[ids, 1], offset[ids, 2])
        reach = np.hypot(offset[ids, 1], offset[ids, 2])
        up, _ = _margin_at(offset[margin_up], x)
        low, low_reach = _margin_at(offset[margin_low], x)
        within = _smooth((SIDE_REACH_MM - np.abs(x)) / SIDE_FADE_MM)
        middle = (up + low) / 2
        is_up = angle >= middle
        rim = np.isin(ids, presenter.indices[f"lid_rim_{side}"])
        is_up[rim] = _rim_is_upper(presenter, skin, side, margin_up, margin_low, ids[rim])
        above = np.where(is_up, (angle - up) * reach / UPPER_REACH_MM, (low - angle) * reach / LOWER_REACH_MM)
        weight = (1 - _smooth(np.clip(above, 0, 1))) * within
        keep = weight > 1e-3
        self.ids: Ints = ids[keep].astype(np.int32)
        self._up = np.where(is_up, weight, 0.0)[keep]
        self._low = np.where(is_up, 0.0, weight)[keep]
        self._angle, self._reach = angle[keep], reach[keep]
        opening = np.maximum(up - low, 0.0)
        self._opening = opening[keep]
        outside = np.where(rim, 0.0, LID_MM)[keep]
        rim_reach = np.where(rim, reach, 0)[keep]
        ball = np.sqrt(np.clip((self.radius + outside) ** 2 - x[keep] ** 2, 0, None))
        # Shut, the upper lid lies on the eyeball and its margin on the lower lid's.
        meeting = np.maximum(ball, low_reach[keep])
        self._shut_reach = np.where(rim[keep] | ~is_up[keep], self._reach, meeting)
        self._least_reach = np.where(rim[keep], rim_reach, ball)

    def apply(self, skin: Floats, frame: MotionFrame) -> None:
        """Shuts, squints and follows the gaze; adds to what the skin has already been moved by."""
        shut = min(max(frame[f"eyelid_{self.side}"], 0.0), 1.0)
        squint = min(max(frame["cheek_raise"], 0.0) + SMILE_SQUINT * max(frame["smile"], 0.0), 1.0)
        widen = WIDEN * max(frame[f"brow_raise_{self.side}"], 0.0)
        gaze = np.deg2rad(frame["gaze_pitch_deg"])
        open_share = 1 - shut
        upper = shut * (1 - MEET) + open_share * (SQUINT_UPPER * squint - widen)
        lower = shut * MEET + open_share * SQUINT_LOWER * squint
        turn = -self._up * self._opening * upper + self._low * self._opening * lower
        turn += gaze * open_share * (self._up * UPPER_FOLLOWS_GAZE + self._low * LOWER_FOLLOWS_GAZE)
        if not turn.any():
            return
        draped = self._up * shut
        reach = self._reach + (self._shut_reach - self._reach) * draped
        reach = np.maximum(reach, np.minimum(self._least_reach, self._reach + 3.0))
        angle = self._angle + turn
        moved_y = reach * np.sin(angle) - self._reach * np.sin(self._angle)
        moved_z = reach * np.cos(angle) - self._reach * np.cos(self._angle)
        skin[self.ids, 1] += moved_y.astype(np.float32)
        skin[self.ids, 2] += moved_z.astype(np.float32)


class _BrowField:
    """Where the skin goes when a brow rises, when brows draw together, when a cheek lifts."""

    def __init__(self, skin: Floats, presenter: Presenter) -> None:
        eyes = {side: presenter.landmarks[f"eye_{side}"].reshape(3) for side in ("left", "right")}
        x, y, z = skin[:, 0], skin[:, 1], skin[:, 2]
        eye_y, eye_x = eyes["left"][1], abs(eyes["left"][0])
        brow_y = eye_y + 22.0
        front = _smooth((z + 75) / 30)
        below = _smooth((y - (eye_y + 7.0)) / 12.0)
        above = 1 - _smooth((y - brow_y) / 42.0)
        raised = below * above * front
        left_share = _smooth((x + 8) / 16)
        self._raise = {"left": raised * left_share, "right": raised * (1 - left_share)}
        inner = np.exp(-0.5 * (((np.abs(x) - 11) / 8) ** 2 + ((y - brow_y + 2) / 9) ** 2)) * front
        self._furrow_x = -np.sign(x) * inner * _smooth(np.abs(x) / 8)
        self._furrow_y = -inner
        cheek = np.exp(-0.5 * (((np.abs(x) - eye_x - 6) / 14) ** 2 + ((y - eye_y + 26) / 11) ** 2)) * front
        self._cheek = cheek
        moving = raised + inner + cheek > 1e-3
        self._ids = np.flatnonzero(moving)
        for name in ("_furrow_x", "_furrow_y", "_cheek"):
            setattr(self, name, getattr(self, name)[moving].astype(np.float32))
        self._raise = {side: weight[moving].astype(np.float32) for side, weight in self._raise.items()}

    def apply(self, skin: Floats, frame: MotionFrame) -> None:
        lift = np.zeros(len(self._ids), np.float32)
        for side, weight in self._raise.items():
            wish = frame[f"brow_raise_{side}"]
            lift += weight * (wish * (BROW_RAISE_MM if wish > 0 else BROW_LOWER_MM))
        furrow = frame["brow_furrow"]
        cheek = min(max(frame["cheek_raise"], 0.0) + SMILE_SQUINT * max(frame["smile"], 0.0), 1.0)
        lift += self._furrow_y * (furrow * FURROW_DOWN_MM) + self._cheek * (cheek * CHEEK_LIFT_MM)
        skin[self._ids, 1] += lift
        skin[self._ids, 0] += self._furrow_x * (furrow * FURROW_IN_MM)
        skin[self._ids, 2] += self._cheek * (cheek * 0.5 * CHEEK_LIFT_MM)


def _margin_at(margin: Doubles, x: Doubles) -> tuple[Doubles, Doubles]:
    """The margin's angle and radius at each x, held constant beyond the corners."""
    order = np.argsort(margin[:, 0])
    sorted_x = margin[order, 0]
    angle = np.arctan2(margin[order, 1], margin[order, 2])
    reach = np.hypot(margin[order, 1], margin[order, 2])
    return np.interp(x, sorted_x, angle), np.interp(x, sorted_x, reach)


def _rim_is_upper(
    presenter: Presenter, skin: Floats, side: str, upper: Ints, lower: Ints, rim: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """A rim point belongs to the lid whose margin is nearer."""
    to_upper = np.linalg.norm(skin[rim][:, None] - skin[upper][None], axis=2).min(axis=1)
    to_lower = np.linalg.norm(skin[rim][:, None] - skin[lower][None], axis=2).min(axis=1)
    return to_upper <= to_lower


def _smooth(t: npt.NDArray[np.floating[npt.NBitBase]]) -> Doubles:
    t = np.clip(t, 0, 1).astype(np.float64)
    smoothed: Doubles = t * t * (3 - 2 * t)
    return smoothed
