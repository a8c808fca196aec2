"""A recording is played to the sample; everything else is spoken by the voice behind it."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from narrator.errors import VoiceError
from narrator.flow import Delivery, Recording, Sentence
from narrator.speech.recorded_voice import RecordedVoice
from narrator.speech.silent_voice import SilentVoice
from tests.readers.test_recording import RATE_HZ, write_wave


@pytest.fixture
def voice() -> RecordedVoice:
    return RecordedVoice(SilentVoice())


def test_a_stretch_begins_and_ends_where_it_says(voice: RecordedVoice, tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", [(1, 0.0), (1, 0.8), (1, 0.0)])
    utterance = voice.speak(Sentence("", "", recording=Recording(str(file), 0.5, 1.0)), Delivery())
    assert utterance.rate_hz == 16_000
    assert utterance.duration_s == 1.0
    assert utterance.phones == ()
    loud = np.abs(utterance.samples) > 1000
    assert not loud[:7900].any()
    assert loud[8100:].any()
    assert utterance.rate_hz > RATE_HZ


def test_a_text_is_spoken_by_the_other_voice(voice: RecordedVoice) -> None:
    assert voice.name == "silent"
    assert voice.speak(Sentence("Hello there", "en"), Delivery()).words


def test_a_file_that_is_gone_is_named_with_a_next_step(voice: RecordedVoice, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="gone.wav"):
        voice.speak(Sentence("", "", recording=Recording(str(tmp_path / "gone.wav"), 0, 1)), Delivery())


def test_a_recording_whose_words_lie_beside_it_is_aligned_with_them(tmp_path: Path) -> None:
    from narrator.sentences import sentences
    from narrator.speech.espeak_voice import EspeakVoice
    from readers.open_source import open_source

    speaker = EspeakVoice("+f2")
    said = speaker.speak(Sentence("Bob may move five maps.", "en"), Delivery())
    speaker.close()
    with wave.open(str(tmp_path / "a.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(said.rate_hz)
        sound.writeframes(said.samples.tobytes())
    (tmp_path / "a.txt").write_text("Bob may\nmove five maps.\n", encoding="utf-8")
    listener = RecordedVoice(SilentVoice())
    try:
        (sentence,) = sentences(open_source(str(tmp_path / "a.wav")))
        heard = listener.speak(sentence, Delivery())
    finally:
        listener.close()
    assert [word.text for word in heard.words] == ["Bob", "may", "move", "five", "maps"]
    lips = [[p.start_s for p in one.phones if p.ipa in ("b", "m", "p")] for one in (said, heard)]
    assert len(lips[1]) == len(lips[0]) == 6
    assert np.abs(np.subtract(*lips)).max() < 0.08
