"""The narration that is watched flashes as it beeps, and tells which frames and closures were not drawn."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from avatar.performer import Performer
from benchmarks.flashing_reader import NARRATES, OVER_S, Account, BeepingVoice, Drawn, FlashingFace, beeps_s
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.silent_voice import SilentVoice

SMALL = Viewport(120, 144)
TEXT = Sentence("Nobody on board spoke much during the first hour of my maiden trip.", "en")
FRAME_S = 1 / 30


@pytest.fixture(scope="module")
def face() -> Performer:
    return Performer("ada")


def test_a_beep_begins_with_its_word_and_its_picture_is_white(face: Performer, tmp_path: Path) -> None:
    spoken = BeepingVoice(SilentVoice()).speak(TEXT, Delivery())
    moments_s = beeps_s(spoken)
    assert len(moments_s) == 3
    loud = np.flatnonzero(np.abs(spoken.samples.astype(int)) > 3000) / spoken.rate_hz
    performance = FlashingFace(face, Account(tmp_path / "told")).perform(spoken, Delivery(), SMALL, 0.0)
    for moment_s in moments_s:
        assert loud[loud > moment_s - 0.01][0] == pytest.approx(moment_s, abs=0.001)
        assert (performance.draw(moment_s + 0.01)[100:] == 255).all()
        assert performance.draw(moment_s - 0.01).max() < 128


def test_each_frame_differs_from_the_one_before(face: Performer, tmp_path: Path) -> None:
    spoken = BeepingVoice(SilentVoice()).speak(TEXT, Delivery())
    performance = FlashingFace(face, Account(tmp_path / "told")).perform(spoken, Delivery(), SMALL, 0.0)
    marks = [int(performance.draw(performance.start_s + frame * FRAME_S + 1e-6)[0, 0, 0]) for frame in range(40)]
    assert all(one != other for one, other in zip(marks, marks[1:], strict=False))


def test_what_was_left_out_is_told(face: Performer) -> None:
    performance = face.perform(SilentVoice().speak(TEXT, Delivery()), Delivery(), SMALL, 0.0)
    moments_s = np.arange(performance.start_s, performance.end_s, FRAME_S)
    whole = Drawn(performance, set(moments_s.tolist())).told()
    assert (whole["left_out"], whole["dropped"]) == (0, 0)
    assert whole["closures"] >= 3
    closure = next(phone for phone in performance.utterance.phones if phone.ipa.startswith("b"))
    far = np.abs(moments_s - closure.start_s - closure.duration_s / 2) > 0.15
    gappy = Drawn(performance, set(moments_s[far].tolist())).told()
    assert gappy["left_out"] == np.count_nonzero(~far)
    assert gappy["dropped"] >= 1


def test_a_sentence_is_accounted_for_once_it_is_over(
    face: Performer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(tmp_path / "told")
    one, other = (face.perform(SilentVoice().speak(TEXT, Delivery()), Delivery(), SMALL, 0.0) for _ in range(2))

    def narrate() -> None:
        account.drew(one, 0.0)
        account.drew(one, FRAME_S)
        monkeypatch.setattr("benchmarks.flashing_reader.OVER_S", -OVER_S)
        account.drew(other, 0.0)

    narrator = threading.Thread(target=narrate, name=NARRATES)
    narrator.start()
    narrator.join()
    told = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert told[0]["frames"] == 2
