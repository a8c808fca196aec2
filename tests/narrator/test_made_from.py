"""Whatever a narration was made from at any time is known at its end: for what its film says of itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from narrator.flow import Delivery, Recording, Sentence
from narrator.made_from import EARS, RECORDING, SAVED, MadeFrom
from narrator.outputs.memory import MemoryOutput
from tests.narrator.quick_narration import passage, quick_cast, quick_session

WORDS = Sentence("Good day.", "en")
SOUND = Sentence("", "und", recording=Recording("clip.wav", 0.0, 1.0))


def test_each_thing_is_named_once_and_a_voice_without_a_name_is_espeak() -> None:
    made_from = MadeFrom()
    for voice, motion in (("", "diffusion"), ("", "diffusion"), ("system", "rules")):
        made_from.note(WORDS, "ada", voice, motion)
    assert made_from == MadeFrom(["ada"], ["espeak", "system"], ["diffusion", "rules"])


def test_a_recording_is_heard_by_trained_ears_unless_its_words_are_known() -> None:
    heard, told = MadeFrom(), MadeFrom()
    heard.note(SOUND, "ada", "", "rules")
    told.note(replace(SOUND, text="Good day."), "ada", "", "rules")
    assert (heard.voices, heard.motions) == ([RECORDING], [EARS])
    assert (told.voices, told.motions) == ([RECORDING], ["rules"])


def test_a_motion_from_a_file_is_told_without_its_name(tmp_path: Path) -> None:
    made_from = MadeFrom()
    made_from.note(WORDS, "ada", "", str(tmp_path / "secret.jsonl"))
    assert made_from.motions == [SAVED]


def test_a_motion_that_was_changed_in_mid_narration_is_not_forgotten() -> None:
    session = quick_session([MemoryOutput()], cast=replace(quick_cast(), delivery=Delivery(motion="diffusion")))
    for motion in ("diffusion", "rules"):
        session.change(delivery=Delivery(motion=motion))
        session.enqueue(passage("One sentence."))
        assert session.wait_until_idle(10)
    session.close()
    assert session.made_from.motions == ["diffusion", "rules"]
