"""What every face guarantees (narrator/stages.py: Face and Performance)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from narrator.flow import Delivery, Sentence, Utterance, Viewport, Waiting
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Face
from tests.contracts.implementations import FACES

DELIVERY = Delivery()
SMALL = Viewport(320, 180, 30.0)


@pytest.fixture(params=list(FACES), scope="module")
def face(request: pytest.FixtureRequest) -> Face:
    return FACES[request.param]()


@pytest.fixture(scope="module")
def utterance() -> Utterance:
    return SilentVoice().speak(Sentence("Papa found a big fish.", "en", pause_s=0.5), DELIVERY)


def test_it_has_a_name(face: Face) -> None:
    assert face.name


def test_time_runs_from_the_preroll_to_the_end_of_the_pause(face: Face, utterance: Utterance) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    assert performance.start_s == pytest.approx(-DELIVERY.preroll_s)
    assert performance.end_s == pytest.approx(utterance.duration_s + 0.5, abs=1 / SMALL.fps)
    assert performance.utterance is utterance


def test_a_frame_has_the_size_asked_for(face: Face, utterance: Utterance) -> None:
    for viewport in (SMALL, Viewport(180, 320, 25.0), Viewport(256, 256, 30.0, "mouth")):
        frame = face.perform(utterance, DELIVERY, viewport, 0.0).draw(0.1)
        assert (frame.shape, frame.dtype) == ((viewport.height, viewport.width, 3), np.uint8)


def test_the_same_moment_gives_the_same_pixels_in_any_order(face: Face, utterance: Utterance) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    moments = [performance.start_s, 0.0, 0.3, 0.31, 0.9, performance.end_s]
    first = {moment: performance.draw(moment).copy() for moment in moments}
    for moment in reversed(moments):
        assert np.array_equal(performance.draw(moment), first[moment])


def test_the_same_performance_twice_is_the_same(face: Face, utterance: Utterance) -> None:
    pictures = [face.perform(utterance, DELIVERY, SMALL, 2.0).draw(0.4).copy() for _ in range(2)]
    assert np.array_equal(pictures[0], pictures[1])


def test_moments_outside_show_the_first_and_the_last_frame(face: Face, utterance: Utterance) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    for outside_s in (performance.start_s - 1, performance.end_s + 1):
        assert performance.draw(outside_s).shape == (SMALL.height, SMALL.width, 3)


def test_a_performance_is_drawn_at_any_size_and_framing_without_being_planned_anew(
    face: Face, utterance: Utterance
) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    tall = Viewport(180, 240, 30.0, "mouth")
    shown = performance.draw(0.3, tall).copy()
    assert shown.shape == (240, 180, 3)
    assert np.array_equal(shown, face.perform(utterance, DELIVERY, tall, 0.0).draw(0.3))
    assert performance.draw(0.3).shape == (SMALL.height, SMALL.width, 3)


def test_a_performance_comes_to_rest_and_goes_on(face: Face, utterance: Utterance) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    spoken = performance.draw(0.3).copy()
    assert np.array_equal(performance.draw(0.3, waiting=Waiting(7.0, 0.0, 0.0)), spoken)
    assert np.array_equal(performance.draw(0.3, waiting=Waiting(7.0)), face.rest(DELIVERY, SMALL, 7.0))


def test_the_next_sentence_may_be_planned_while_this_one_is_drawn(face: Face, utterance: Utterance) -> None:
    performance = face.perform(utterance, DELIVERY, SMALL, 0.0)
    alone = [performance.draw(index / 10).copy() for index in range(10)]
    with ThreadPoolExecutor(1) as studio:
        planned = [studio.submit(face.perform, utterance, DELIVERY, SMALL, float(number)) for number in range(5)]
        together = [performance.draw(index / 10).copy() for index in range(10)]
        assert all(plan.result().utterance is utterance for plan in planned)
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_it_shows_itself_between_utterances(face: Face) -> None:
    for clock_s in (0.0, 1.5, 100.0):
        assert face.rest(DELIVERY, SMALL, clock_s).shape == (SMALL.height, SMALL.width, 3)


def test_silence_is_performed_too(face: Face) -> None:
    silence = SilentVoice().speak(Sentence("...", "en"), DELIVERY)
    assert face.perform(silence, DELIVERY, SMALL, 0.0).draw(0.0).any()
