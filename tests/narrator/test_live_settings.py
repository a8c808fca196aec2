"""A setting changes at once where it can; a part that cannot perform is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from avatar.still_face import StillFace
from narrator import assemble
from narrator.errors import FaceError, SettingError, VoiceError
from narrator.flow import Delivery, Sentence, Utterance
from narrator.live_settings import AT_ONCE, LiveSettings
from narrator.session import Session
from narrator.settings import Settings
from narrator.speech.silent_voice import SilentVoice
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for


class Mute(SilentVoice):
    closed = 0

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        raise VoiceError("a sound", "it is mute", "Choose another.")

    def close(self) -> None:
        type(self).closed += 1


def voice_of(name: str) -> SilentVoice:
    return Mute() if name == "mute" else SilentVoice()


def face_of(name: str) -> StillFace:
    if name == "gone":
        raise FaceError("a face", "there is none", "Choose another.")
    return StillFace()


def check(motion: str) -> None:
    if motion.endswith("bad.jsonl"):
        raise FaceError("a motion", "it is none", "Choose another.")


@pytest.fixture
def session() -> Iterator[Session]:
    made = quick_session([SlowOutput()])
    made.enqueue(passage(*["One two three four five six seven eight."] * 20))
    wait_for(lambda: made.state.word != "")
    yield made
    made.close(completed=False)


@pytest.fixture
def desk(session: Session) -> LiveSettings:
    return LiveSettings(
        session,
        Settings(voice="silent", presenter="still"),
        delivery=assemble.delivery,
        viewport=assemble.viewport,
        voice=voice_of,
        face=face_of,
        check_motion=check,
    )


def test_a_rate_is_spoken_at_once_and_remembered(desk: LiveSettings, session: Session) -> None:
    assert desk.change("rate", "180") == "180"
    wait_for(lambda: session.state.rate_wpm == 180)
    assert next(one["value"] for one in desk.all() if one["name"] == "rate") == 180


def test_two_changes_keep_both(desk: LiveSettings, session: Session) -> None:
    desk.change("exaggeration", "1.5")
    desk.change("rate", "150")
    wait_for(lambda: session.state.rate_wpm == 150)
    assert session._orders.cast.delivery.exaggeration == 1.5


def test_a_value_out_of_range_is_refused_and_all_is_as_before(desk: LiveSettings, session: Session) -> None:
    cast = session._orders.cast
    for name, text in (("rate", "9000"), ("rate", "quick"), ("nonsense", "1")):
        with pytest.raises(SettingError):
            desk.change(name, text)
    assert session._orders.cast is cast


def test_a_voice_or_face_that_cannot_perform_is_refused_and_closed(desk: LiveSettings, session: Session) -> None:
    cast = session._orders.cast
    with pytest.raises(VoiceError):
        desk.change("voice", "mute")
    with pytest.raises(FaceError):
        desk.change("presenter", "gone")
    assert session._orders.cast is cast
    assert Mute.closed == 1
    assert session.state.faults == ()


def test_a_motion_that_is_none_is_refused_and_the_one_before_goes_on(desk: LiveSettings, session: Session) -> None:
    cast = session._orders.cast
    with pytest.raises(FaceError):
        desk.change("motion", "bad.jsonl")
    assert session._orders.cast is cast
    assert desk.settings.motion == "diffusion"
    desk.change("motion", "good.jsonl")
    assert session._orders.cast.delivery.motion.endswith("good.jsonl")


def test_a_new_voice_and_a_new_face_take_over(desk: LiveSettings, session: Session) -> None:
    before = session._orders.cast
    desk.change("voice", "espeak")
    desk.change("presenter", "other")
    assert session._orders.cast.voice is not before.voice
    assert session._orders.cast.face is not before.face


def test_every_setting_says_whether_it_changes_at_once(desk: LiveSettings) -> None:
    told = {one["name"]: one["at_once"] for one in desk.all()}
    assert {name for name, at_once in told.items() if at_once} == set(AT_ONCE)
    assert told["width"] is False
