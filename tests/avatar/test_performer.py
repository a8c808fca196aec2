"""A performer plans once and draws when asked; threads share no picture, and a waiting face waits."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import pytest

from avatar.performer import RENDERERS_KEPT, UNUSED_S, Performer
from narrator.errors import FaceError
from narrator.flow import Delivery, Phone, RgbImage, Sentence, Utterance, Viewport, Waiting

SMALL = Viewport(320, 180)
RATE_HZ = 16000


@pytest.fixture(scope="module")
def performer() -> Performer:
    return Performer("ada")


@pytest.fixture(scope="module")
def utterance() -> Utterance:
    """ "ma": closed, then open."""
    phones = (Phone("m", 0.0, 0.15), Phone("ɑː", 0.15, 0.35, 2))
    return Utterance(Sentence("Ma.", "en", pause_s=0.3), np.zeros(RATE_HZ // 2, np.int16), RATE_HZ, phones, ())


def test_a_performance_runs_from_the_preroll_to_the_end_of_the_pause(
    performer: Performer, utterance: Utterance
) -> None:
    performance = performer.perform(utterance, Delivery(preroll_s=0.12), SMALL, 0.0)
    assert (performance.start_s, performance.end_s) == pytest.approx((-0.12, 0.8))


def test_the_same_moment_gives_the_same_pixels_in_any_order(performer: Performer, utterance: Utterance) -> None:
    performance = performer.perform(utterance, Delivery(), SMALL, 0.0)
    first = performance.draw(0.3).copy()
    performance.draw(0.0)
    np.testing.assert_array_equal(first, performance.draw(0.3))


def test_two_threads_draw_into_two_pictures(performer: Performer, utterance: Utterance) -> None:
    performance = performer.perform(utterance, Delivery(), SMALL, 0.0)
    drawn: list[RgbImage] = [performance.draw(0.3)]
    other = threading.Thread(target=lambda: drawn.append(performance.draw(0.07)))
    before = drawn[0].copy()
    other.start()
    other.join()
    np.testing.assert_array_equal(drawn[0], before)
    assert (drawn[0] != drawn[1]).any()


def test_a_renderer_outlives_the_thread_that_warmed_it_up(utterance: Utterance) -> None:
    performer = Performer("ada")
    warm_up = threading.Thread(target=lambda: performer.rest(Delivery(), SMALL, 0.0))
    warm_up.start()
    warm_up.join()
    performer.perform(utterance, Delivery(), SMALL, 0.0).draw(0.0)
    assert len(performer._renderers) == 1


def test_sizes_that_were_only_passed_through_are_forgotten() -> None:
    performer = Performer("ada")
    for width in range(64, 64 + 4 * RENDERERS_KEPT, 2):
        performer.rest(Delivery(), Viewport(width, 64), 0.0)
    assert len(performer._renderers) == RENDERERS_KEPT


def test_a_size_that_nobody_asks_for_any_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was drawn smaller while the machine was busy, or before the window's size was known."""
    performer = Performer("ada")
    now_s = 0.0
    monkeypatch.setattr("avatar.performer.time", SimpleNamespace(monotonic=lambda: now_s))
    for width in (64, 96, 128):
        performer.rest(Delivery(), Viewport(width, 64), 0.0)
    now_s = 0.9 * UNUSED_S
    performer.rest(Delivery(), Viewport(96, 64), 0.0)
    assert len(performer._renderers) == 3
    now_s = 1.1 * UNUSED_S
    performer.rest(Delivery(), Viewport(96, 64), 0.0)
    assert [viewport.width for viewport, _ in performer._renderers] == [96]


def test_a_mouth_that_is_paused_closes_by_and_by(performer: Performer, utterance: Utterance) -> None:
    performance = performer.perform(utterance, Delivery(), SMALL, 0.0)
    spoken, at_rest = (performance.draw(0.3, waiting=Waiting(2.0, 1.0, mouth)).astype(int) for mouth in (0.0, 1.0))
    between = performance.draw(0.3, waiting=Waiting(2.0, 1.0, 0.5)).astype(int)
    assert 0 < np.abs(between - spoken).sum() < np.abs(at_rest - spoken).sum()


def test_the_waiting_face_is_a_picture_of_the_viewports_size(performer: Performer) -> None:
    assert performer.rest(Delivery(), SMALL, 5.0).shape == (180, 320, 3)


def test_an_unknown_presenter_is_told_with_what_to_do() -> None:
    with pytest.raises(FaceError, match="narrator presenter list"):
        Performer("nobody")
