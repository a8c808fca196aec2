"""The memory output counts what it was given and keeps only the last of it."""

from __future__ import annotations

import numpy as np

from narrator.flow import Sentence
from narrator.outputs.memory import MemoryOutput
from narrator.session_orders import Orders
from narrator.stages import Performance
from tests.narrator.quick_narration import SMALL, quick_cast


def performed(text: str) -> Performance:
    cast = quick_cast()
    return cast.face.perform(cast.voice.speak(Sentence(text, "en"), cast.delivery), cast.delivery, SMALL, 0.0)


def test_it_counts_frames_and_sound() -> None:
    memory, performance = MemoryOutput(), performed("One two three.")
    memory.open(SMALL, 22050)
    positions = list(memory.play(performance, Orders(quick_cast())))
    assert memory.frame_count == len(positions) == round((performance.end_s - performance.start_s) * SMALL.fps)
    assert memory.sound_s == performance.utterance.duration_s
    assert memory.last_frame is not None
    assert memory.last_frame.shape == (SMALL.height, SMALL.width, 3)
    memory.close(completed=True)
    assert memory.closed is True


def test_it_keeps_the_sound_only_when_asked() -> None:
    performance = performed("One.")
    for keeps in (False, True):
        memory = MemoryOutput(keeps_sound=keeps)
        memory.open(SMALL, 22050)
        list(memory.play(performance, Orders(quick_cast())))
        assert len(memory.sound) == int(keeps)
    assert np.array_equal(memory.sound[0], performance.utterance.samples)


def test_it_can_do_without_pictures() -> None:
    memory = MemoryOutput(draws=False)
    memory.open(SMALL, 22050)
    list(memory.play(performed("One."), Orders(quick_cast())))
    assert memory.last_frame is None
    assert memory.frame_count > 0
