"""Readings that are right, short, long and shuffled in; the scores they deserve out."""

from __future__ import annotations

import pytest

from benchmarks.reading_score import order_errors, score_reading

TEXT = ["A first block of several words.", "Then comes the second of them.", "At last a third one follows."]


def test_the_same_text_scores_one_however_it_is_cut_into_blocks() -> None:
    assert score_reading(TEXT, TEXT).f1 == 1
    assert score_reading(TEXT, [" ".join(TEXT)]).f1 == 1


def test_missing_and_extra_words_cost_recall_and_precision() -> None:
    assert score_reading(["a b c d"], ["a b"]).recall == pytest.approx(0.5)
    assert score_reading(["a b"], ["a b c d"]).precision == pytest.approx(0.5)
    assert score_reading(["a a"], ["a"]).recall == pytest.approx(0.5)
    assert score_reading(["a"], []).f1 == 0


def test_a_block_out_of_place_is_one_error() -> None:
    assert order_errors(TEXT, TEXT) == 0
    assert order_errors(TEXT, [TEXT[1], TEXT[0], TEXT[2]]) == 1
    assert order_errors(TEXT, TEXT[::-1]) == 2


def test_blocks_that_are_absent_or_too_short_are_no_order_error() -> None:
    assert order_errors(["one two three four", "x", "five six seven eight"], ["five six seven eight"]) == 0
