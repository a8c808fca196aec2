"""A sentence's own words and a motion in, the same with what a face adds to such words out.

As signers' faces do: yes/no questions raise the brows, wh-questions draw them together (Valli and Lucas 2000), a "not"
shakes the head a little, what is in capitals or ends in "!" is underlined, headings get a look up. English only: in
other languages the question mark alone is read.
"""

from __future__ import annotations

import re

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.limits import HEAD_LIMITS_DEG, added
from avatar.motion.prosody import emphases, is_question
from avatar.motion.timeline import Floats, bump, last_shown_s
from avatar.motion_frame import INDEX, MotionTrack
from avatar.motion_frame import Floats as Frames
from narrator.flow import BlockKind, Delivery, Utterance, Word

WH_WORDS = frozenset("who whom whose what when where why which how".split())  # noqa: SIM905 - reads as a list
NEGATIONS = frozenset("no not never none nothing nobody nowhere neither nor cannot".split())  # noqa: SIM905
FIRST_WORDS = 2
"""A wh-word counts among these: "And why?", "In which house?"."""
QUESTION_BROWS, WH_FURROW = 0.55, 0.45
QUESTION_LEAD_S, QUESTION_RISE_S = 0.25, 0.4
SHAKE_DEG, SHAKE_S = 1.6, 1.15
"""To one side, the other and back, just below 1 Hz (lipreading.md 3.5)."""
UNDERLINE_BROWS, UNDERLINE_HALF_S = 0.35, 0.35
HEADING_PITCH_DEG, HEADING_BROWS, HEADING_HALF_S = 1.3, 0.18, 0.7
FADE_S = 0.45


def with_gestures(track: MotionTrack, utterance: Utterance, delivery: Delivery) -> MotionTrack:
    """The track with gestures laid over it; the mouth is left alone."""
    times = track.start_s + np.arange(len(track)) / track.fps
    inside = minimum_jerk((times - times[0]) / FADE_S) * minimum_jerk((last_shown_s(track, utterance) - times) / FADE_S)
    brows, furrow, yaw, pitch = (np.zeros(len(times)) for _ in range(4))
    english = utterance.sentence.language.partition("-")[0] in ("", "en")
    if is_question(utterance) and (marks := emphases(utterance)):
        rise = minimum_jerk((times - marks[-1].time_s + QUESTION_LEAD_S) / QUESTION_RISE_S)
        if english and _asks_what(utterance):
            furrow += WH_FURROW * rise
        else:
            brows += QUESTION_BROWS * rise
    for word in utterance.words if english else ():
        if _is_negation(word):
            yaw += _shake(times, word)
        if _is_underlined(word, utterance):
            brows += UNDERLINE_BROWS * bump(times, word.start_s + word.duration_s / 2, UNDERLINE_HALF_S)
    if utterance.sentence.kind is BlockKind.HEADING:
        pitch += HEADING_PITCH_DEG * bump(times, 0.3, HEADING_HALF_S)
        brows += HEADING_BROWS * bump(times, 0.3, HEADING_HALF_S)
    values = track.values.copy()
    _add(values, ("brow_raise_left", "brow_raise_right"), inside * brows, 1.0)
    _add(values, ("brow_furrow",), inside * furrow, 1.0)
    if not delivery.reduced_motion:
        for channel, angle in (("yaw", inside * yaw), ("pitch", inside * pitch)):
            before = values[:, INDEX[f"head_{channel}_deg"]].copy()
            _add(values, (f"head_{channel}_deg",), angle, HEAD_LIMITS_DEG[f"head_{channel}_deg"])
            values[:, INDEX[f"gaze_{channel}_deg"]] -= values[:, INDEX[f"head_{channel}_deg"]] - before
    return MotionTrack(track.start_s, track.fps, track.phones, values)


def _asks_what(utterance: Utterance) -> bool:
    words = re.findall(r"[a-z']+", utterance.sentence.text.lower())
    return any(word in WH_WORDS for word in words[:FIRST_WORDS])


def _is_negation(word: Word) -> bool:
    plain = word.text.lower().strip(".,;:!?\"'()")
    return plain in NEGATIONS or plain.endswith(("n't", "n\u2019t"))


def _is_underlined(word: Word, utterance: Utterance) -> bool:
    letters = [letter for letter in word.text if letter.isalpha()]
    is_shouted = (
        len(letters) > 3 and all(letter.isupper() for letter in letters) and not utterance.sentence.text.isupper()
    )
    is_exclaimed = word is utterance.words[-1] and utterance.sentence.text.rstrip(" \"')").endswith("!")
    return is_shouted or is_exclaimed


def _shake(times: Floats, word: Word) -> Floats:
    middle = word.start_s + word.duration_s / 2
    return np.asarray(SHAKE_DEG * np.sin(2 * np.pi * (times - middle) / SHAKE_S) * bump(times, middle, SHAKE_S))


def _add(values: Frames, channels: tuple[str, ...], what: Floats, limit: float) -> None:
    for channel in channels:
        values[:, INDEX[channel]] = added(values[:, INDEX[channel]], what, limit)
