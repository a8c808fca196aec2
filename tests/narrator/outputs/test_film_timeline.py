"""Performances follow each other on whole frames, prerolls in pauses, without drift."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from narrator.outputs.film_timeline import FilmTimeline, exact_rate

Make = Callable[..., Any]


def test_the_preroll_of_the_first_performance_begins_the_film(make_performance: Make) -> None:
    placed = FilmTimeline(30.0).place(make_performance())
    assert placed.first_frame == 0
    assert placed.zero_s == pytest.approx(0.12 + 1 / 30)


def test_a_preroll_overlaps_the_pause_before_it(make_performance: Make) -> None:
    timeline = FilmTimeline(30.0)
    first = timeline.place(make_performance(1.0, pause_s=0.5))
    timeline.next_frame = timeline.certain_end(first)
    second = timeline.place(make_performance(1.0))
    assert 0 <= second.zero_s - (first.zero_s + 1.5) < 1 / 30


def test_a_preroll_never_cuts_into_sound(make_performance: Make) -> None:
    timeline = FilmTimeline(30.0)
    first = timeline.place(make_performance(1.0, pause_s=0.05))
    timeline.next_frame = timeline.certain_end(first)
    second = timeline.place(make_performance(1.0))
    assert (second.first_frame + 1) / 30 >= first.zero_s + 1.0 - 1e-6  # a moment is drawn a frame before it is heard


def test_after_a_cut_the_next_one_follows_at_once(make_performance: Make) -> None:
    timeline = FilmTimeline(30.0)
    timeline.place(make_performance(10.0))
    timeline.next_frame = 12
    timeline.cut()
    assert timeline.place(make_performance(1.0)).first_frame == 12


def test_what_a_frame_shows_is_heard_by_its_end_and_not_before(make_performance: Make) -> None:
    timeline = FilmTimeline(30.0)
    placed = timeline.place(make_performance())
    assert placed.moment_of(0, timeline.frame_s) == pytest.approx(-0.12)
    assert placed.zero_s + placed.moment_of(5, timeline.frame_s) == pytest.approx(6 / 30)


def test_the_last_sample_is_heard_even_where_no_pause_follows(make_performance: Make) -> None:
    timeline = FilmTimeline(30.0)
    placed = timeline.place(make_performance(1.0, pause_s=0.0))
    assert timeline.full_end(placed) / 30 >= placed.zero_s + 1.0


@pytest.mark.parametrize(
    ("fps", "exact"), [(30.0, Fraction(30)), (29.97, Fraction(30_000, 1001)), (12.5, Fraction(25, 2))]
)
def test_rates_are_exact(fps: float, exact: Fraction) -> None:
    assert exact_rate(fps) == exact
