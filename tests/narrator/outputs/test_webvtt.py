"""Cues come in order, never over one another, and the file is WebVTT whatever the text holds."""

from __future__ import annotations

from narrator.flow import Caption
from narrator.outputs.webvtt import Cue, cues_from, webvtt


def test_cues_lie_where_their_sound_lies() -> None:
    cues = list(cues_from([Caption(("one",), 0.0, 1.0, ()), Caption(("two",), 1.0, 2.5, ())], 10.12))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(10_120, 11_120), (11_120, 12_620)]


def test_cues_never_overlap_nor_begin_before_the_last_one_ended() -> None:
    captions = [Caption(("one",), 0.0, 1.2, ()), Caption(("two",), 1.0, 2.0, ())]
    cues = list(cues_from(captions, 5.0, not_before_ms=5_100))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(5_100, 6_200), (6_200, 7_000)]


def test_empty_captions_are_left_out() -> None:
    assert list(cues_from([Caption((" ",), 0.0, 1.0, ()), Caption((), 1.0, 2.0, ())], 0.0)) == []


def test_the_file_escapes_what_webvtt_reserves() -> None:
    text = webvtt([Cue(3_600_001, 3_661_500, ("a < b && c --> d", "", "second"))])
    assert text.startswith("WEBVTT\n\n")
    assert "01:00:00.001 --> 01:01:01.500\na &lt; b &amp;&amp; c --&gt; d\nsecond\n" in text
    assert text.count("-->") == 1


def test_the_file_says_that_the_presenter_is_synthetic() -> None:
    assert "NOTE Synthetic presenter made by narrator" in webvtt([])
