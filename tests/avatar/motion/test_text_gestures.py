"""Questions, negations, emphasis and headings show on the face, whatever moves it; a setting leaves them out."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion.emotion import FEELINGS
from avatar.motion_frame import MOUTH_CHANNELS, MotionTrack
from avatar.planning import plan, rest
from narrator.flow import BlockKind, Delivery, Sentence, Utterance, Waiting
from narrator.speech.silent_voice import SilentVoice

QUIET = Delivery(text_gestures=False, liveliness=0.0)
PLAIN = Delivery(liveliness=0.0)
MOUTH = slice(0, len(MOUTH_CHANNELS))


def said(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Utterance:
    return SilentVoice().speak(Sentence(text, "en", kind), Delivery())


def added(text: str, channel: str, kind: BlockKind = BlockKind.PARAGRAPH) -> np.ndarray:  # type: ignore[type-arg]
    """What the gestures add to the channel, frame by frame."""
    with_them, without = performed(text, PLAIN, kind), performed(text, QUIET, kind)
    assert (with_them.values[:, MOUTH] == without.values[:, MOUTH]).all()
    return np.asarray(with_them.channel(channel) - without.channel(channel))


def performed(text: str, delivery: Delivery, kind: BlockKind = BlockKind.PARAGRAPH) -> MotionTrack:
    utterance = said(text, kind)
    return plan(utterance, 30.0, -0.2, utterance.duration_s + 0.6, 0.0, delivery)


def test_a_yes_no_question_raises_the_brows_and_a_wh_question_furrows_them() -> None:
    assert added("Is the tea on the table?", "brow_raise_left").max() > 0.3
    assert added("Is the tea on the table?", "brow_furrow").max() == 0.0
    assert added("Where is the tea now?", "brow_furrow").max() > 0.3
    assert added("Where is the tea now?", "brow_raise_left").max() == 0.0
    assert np.abs(added("The tea is on the table.", "brow_raise_left")).max() == 0.0


@pytest.mark.parametrize("text", ["I do not want the tea at all", "They don\u2019t want any of the tea"])
def test_a_negation_shakes_the_head_a_little(text: str) -> None:
    yaw = added(text, "head_yaw_deg")
    assert 0.8 < yaw.max() < 2.0
    assert -2.0 < yaw.min() < -0.8
    assert np.abs(yaw + added(text, "gaze_yaw_deg")).max() < 1e-5, "the eyes stay on the viewer"


def test_capitals_and_exclamations_are_underlined() -> None:
    assert added("This is REALLY the best of them", "brow_raise_left").max() > 0.2
    assert added("This is the best of them!", "brow_raise_left").max() > 0.2


def test_a_heading_gets_a_look_up() -> None:
    assert added("The tea of the house", "head_pitch_deg", BlockKind.HEADING).max() > 0.8


@pytest.mark.parametrize("motion", ["rules", "diffusion"])
def test_a_mood_shows_on_the_face_and_leaves_the_mouth(motion: str) -> None:
    plain = performed("Seven happy people", Delivery(motion=motion))
    happy = performed("Seven happy people", Delivery(motion=motion, emotion="happy", emotion_strength=1.0))
    assert (happy.channel("smile") - plain.channel("smile")).mean() > 0.2
    apart = happy.values[:, MOUTH] != plain.values[:, MOUTH]
    assert {name for name, differs in zip(MOUTH_CHANNELS, apart.any(axis=0), strict=True) if differs} <= {"mouth_width"}
    is_said = np.array([bool(phone) for phone in plain.phones])
    assert not apart[is_said].any()  # a closed smile is wider: in silence only


@pytest.mark.parametrize("motion", ["rules", "diffusion"])
def test_a_pose_turns_the_head_and_keeps_the_eyes_where_they_were(motion: str) -> None:
    straight = performed("Seven people", Delivery(motion=motion))
    turned = performed("Seven people", Delivery(motion=motion, pose_deg=(10.0, 0.0, 0.0)))
    assert np.allclose(turned.channel("head_yaw_deg") - straight.channel("head_yaw_deg"), 10.0, atol=1e-4)
    for track in (straight, turned):
        assert np.abs(track.channel("gaze_yaw_deg") + track.channel("head_yaw_deg")).max() < 13.0


def test_the_waiting_face_is_in_the_same_mood_and_pose() -> None:
    frame = rest(
        Waiting(3.0, is_alert=False), 30.0, Delivery(emotion="angry", emotion_strength=1.0, pose_deg=(0.0, 5.0, 0.0))
    )
    plain = rest(Waiting(3.0, is_alert=False), 30.0, Delivery())
    assert frame["brow_furrow"] - plain["brow_furrow"] > 0.5
    assert frame["head_pitch_deg"] - plain["head_pitch_deg"] == pytest.approx(5.0, abs=1e-4)


def test_every_mood_that_can_be_chosen_is_known() -> None:
    from narrator.settings import choices

    assert set(choices("emotion")) == set(FEELINGS)
