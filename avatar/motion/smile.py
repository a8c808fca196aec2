"""A face in motion in, the same with its smile out of the lips' way out: nothing a mood does hides a contact.

Corners that are drawn up bend the line on which P B M close, and take the rounding from W and UW. So a smile, or its
opposite, sinks to what speech bears before such a shape is there, comes back after it, and is whole in silence, where
it widens the mouth as well (FACS action unit 12 draws the corners back).
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion_frame import INDEX, Floats, MotionTrack

SPOKEN_SMILE = 0.25
"""What lips that close, tuck or round bear, up or down: FaceMesh sees every presenter's P B M closed with it."""
PRESSED, TUCKED = 0.25, 0.25
"""lip_press and lower_lip_tuck from which a mouth counts as wholly closed, as wholly tucked."""
ROUNDED_MM = (1.5, 4.5)
"""lip_protrusion_mm of a mouth that is not rounded yet, and of one that is."""
OPEN_MM = 1.2
"""lip_height_mm of a mouth that says something (lipreading.md 7)."""
HELD_S = 0.100
"""It is out of the way this long before and after, so that gestures in a row make one dip."""
SPREAD_S = 0.050
"""Of the Gaussian by which it comes and goes."""
ENDS_S = 0.15
"""At both ends of an utterance it is that of the waiting face."""
WIDER = 0.18
"""Of the mouth's width, at a full smile in silence beyond what speech bears (closed smiles: 5 to 15 %, judgement)."""


def out_of_the_way(track: MotionTrack, last_shown_s: float = np.inf) -> MotionTrack:
    """The track with smile and mouth_width changed; both ends, the last one at last_shown_s, belong to silence."""
    values = track.values.copy()
    times = np.arange(len(track)) / track.fps
    end_s = min(last_shown_s - track.start_s, float(times[-1])) if np.isfinite(last_shown_s) else np.inf
    inside = minimum_jerk(times / ENDS_S) * minimum_jerk((end_s - times) / ENDS_S) if np.isfinite(end_s) else 1.0
    make_way(values, track.fps, inside)
    return MotionTrack(track.start_s, track.fps, track.phones, values)


def make_way(values: Floats, fps: float, inside: Floats | float = 1.0) -> None:
    """Changes (frames, channels) in place, as far as inside (frames,) says."""
    shapes = _lasting(_shape(values), fps) * inside
    speech = np.maximum(_lasting(np.clip(values[:, INDEX["lip_height_mm"]] / OPEN_MM, 0, 1), fps) * inside, shapes)
    smile = values[:, INDEX["smile"]]
    borne = np.clip(smile, -SPOKEN_SMILE, SPOKEN_SMILE)
    smile = smile + shapes * (borne - smile)
    values[:, INDEX["smile"]] = smile
    values[:, INDEX["mouth_width"]] += WIDER * np.maximum(smile - SPOKEN_SMILE, 0.0) * (1.0 - speech)


def _shape(values: Floats) -> Floats:
    """(frames,) 0..1: how far the lips make a shape that a smile would spoil."""
    low, high = ROUNDED_MM
    pressed, tucked, forward = (values[:, INDEX[name]] for name in ("lip_press", "lower_lip_tuck", "lip_protrusion_mm"))
    share = np.maximum(np.maximum(pressed / PRESSED, tucked / TUCKED), (forward - low) / (high - low))
    return np.asarray(np.clip(share, 0, 1), np.float32)


def _lasting(share: Floats, fps: float) -> Floats:
    """Reached HELD_S before and kept HELD_S after, smooth; the ends are held."""
    most, spread = round((HELD_S + 2 * SPREAD_S) * fps), SPREAD_S * fps
    padded = np.pad(share, most, "edge")
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * most + 1).max(axis=1)
    reach = max(1, round(2 * SPREAD_S * fps))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    smooth = np.convolve(np.pad(highest, reach, "edge"), kernel / kernel.sum(), "valid")
    return np.asarray(smooth, np.float32)
