"""An MP4 is whole, in step, captioned, labelled, or not there at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.outputs.video_file import VideoFile

Make = Callable[..., Any]
LATEST_SOUND_S = 0.040
SOUND_GRAIN_S = 0.005
"""How exactly the beginning of a beep can be read from decoded AAC."""


def film(path: Path, viewport: Viewport, performances: list[Any], control: Any, **options: Any) -> VideoFile:
    output = VideoFile(path, **options)
    output.open(viewport, 22_050)
    for performance in performances:
        for _ in output.play(performance, control):
            pass
    output.close(completed=True)
    return output


def brightness(path: Path) -> tuple[list[float], list[float]]:
    """(times, mean of the picture's middle) of all frames."""
    with av.open(str(path)) as container:
        frames = [(float(f.time), f.to_ndarray(format="gray")) for f in container.decode(video=0)]
    return [t for t, _ in frames], [float(g[g.shape[0] // 3 : g.shape[0] // 2].mean()) for _, g in frames]


def sound(path: Path) -> tuple[np.ndarray, int]:
    """The whole sound track as floats, placed by its time stamps."""
    with av.open(str(path)) as container:
        rate_hz = container.streams.audio[0].rate
        pieces = [(round(float(f.time) * rate_hz), f.to_ndarray()[0]) for f in container.decode(audio=0)]
    track = np.zeros(max(start + len(piece) for start, piece in pieces), np.float32)
    for start, piece in pieces:
        track[start : start + len(piece)] = piece
    return track, rate_hz


def onsets(active: np.ndarray) -> list[int]:
    return [int(i) for i in np.flatnonzero(np.diff(np.concatenate([[0], active.astype(int)])) == 1)]


def flash_and_beep_onsets_s(path: Path) -> tuple[list[float], list[float]]:
    times, levels = brightness(path)
    flashes = [times[i] for i in onsets(np.array(levels) > 150)]
    track, rate_hz = sound(path)
    window = round(SOUND_GRAIN_S * rate_hz)
    loudness = np.sqrt(np.convolve(track**2, np.ones(window) / window, "full"))
    beeps = [i / rate_hz for i in onsets(loudness > 0.1)]
    return flashes, beeps


def test_sound_follows_the_picture_by_0_to_40_ms_in_every_sentence(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    performances = [make_performance(1.0 + 0.137 * i, (0.2 + 0.041 * i, 0.7), pause_s=0.31) for i in range(8)]
    output = film(tmp_path / "a.mp4", viewport, performances, control)
    flashes, beeps = flash_and_beep_onsets_s(output.path)
    assert len(flashes) == len(beeps) == 16
    offsets = np.array(beeps) - np.array(flashes)
    assert offsets.min() >= -SOUND_GRAIN_S
    assert offsets.max() <= LATEST_SOUND_S + SOUND_GRAIN_S


def test_frames_and_durations_are_those_of_the_narration(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    performances = [make_performance(1.0) for _ in range(4)]
    output = film(tmp_path / "a.mp4", viewport, performances, control)
    times, _ = brightness(output.path)
    wanted_s = 0.12 + 4 * 1.35
    assert len(times) == pytest.approx(wanted_s * 30, abs=5)  # each sentence begins on a whole frame
    assert np.allclose(np.diff(times), 1 / 30, atol=1e-3)
    track, rate_hz = sound(output.path)
    assert len(track) / rate_hz == pytest.approx(len(times) / 30, abs=0.1)


def test_an_hour_of_sentences_does_not_drift(viewport: Viewport, make_performance: Make) -> None:
    from narrator.outputs.film_timeline import FilmTimeline

    timeline = FilmTimeline(29.97)
    performance = make_performance(1.0)
    for _ in range(2000):
        placed = timeline.place(performance)
        timeline.next_frame = timeline.certain_end(placed)
        start_s = placed.zero_s + performance.start_s
        assert start_s == pytest.approx(float((placed.first_frame + 1) / timeline.rate), abs=1e-6)
    assert timeline.rate == Fraction(30_000, 1001)


def test_the_preroll_is_taken_from_the_pause_before(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    first, second = make_performance(), make_performance()
    film(tmp_path / "a.mp4", viewport, [first, second], control)
    frame_s = 1 / viewport.fps
    assert min(first.drawn_s) == pytest.approx(first.start_s)
    assert min(second.drawn_s) == pytest.approx(second.start_s)
    assert max(first.drawn_s) == pytest.approx(first.end_s - 0.12, abs=2 * frame_s)
    assert max(second.drawn_s) == pytest.approx(second.end_s, abs=2 * frame_s)


def test_soft_captions_and_webvtt_say_the_same(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    texts = ["salt & pepper <b>", "né à Orléans"]
    output = film(tmp_path / "a.mp4", viewport, [make_performance(text=text) for text in texts], control)
    with av.open(str(output.path)) as container:
        assert [stream.codec_context.name for stream in container.streams] == ["h264", "aac", "mov_text"]
        packets = [bytes(packet) for packet in container.demux(container.streams.subtitles[0])]
    assert [packet[2:].decode() for packet in packets if len(packet) > 2] == texts
    cues = output.captions_path.read_text(encoding="utf-8").split("\n\n")
    assert cues[0] == "WEBVTT"
    assert [cue.splitlines()[-1] for cue in cues[2:]] == ["salt &amp; pepper &lt;b>", "né à Orléans"]


def test_webvtt_cues_keep_to_two_lines_of_42_characters_in_order(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    output = film(tmp_path / "a.mp4", viewport, [make_performance() for _ in range(3)], control)
    ends = [""]
    for cue in output.captions_path.read_text(encoding="utf-8").strip().split("\n\n")[2:]:
        times, *lines = cue.splitlines()
        start, end = times.split(" --> ")
        assert ends[-1] <= start < end
        assert 1 <= len(lines) <= 2
        assert all(len(line) <= 42 for line in lines)
        ends.append(end)
    assert len(ends) == 4


def test_captions_are_burnt_into_the_lowest_band_unless_unwanted(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    pictures = {}
    for burnt in (True, False):
        path = tmp_path / f"{burnt}.mp4"
        film(path, viewport, [make_performance(beeps_s=())], control, burn_captions=burnt)
        with av.open(str(path)) as container:
            pictures[burnt] = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)][20]
    differs = np.abs(pictures[True].astype(int) - pictures[False]).max(axis=(1, 2)) > 40
    assert differs.any()
    assert np.flatnonzero(differs).min() >= 0.8 * viewport.height


def test_the_file_says_that_it_is_synthetic(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    output = film(tmp_path / "a.mp4", viewport, [make_performance()], control, title="A page")
    with av.open(str(output.path)) as container:
        assert container.metadata["title"] == "A page"
        assert container.metadata["comment"] == "Synthetic presenter made by narrator"


def test_the_same_narration_gives_the_same_bytes(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    films = [film(tmp_path / f"{i}.mp4", viewport, [make_performance()], control) for i in range(2)]
    assert films[0].path.read_bytes() == films[1].path.read_bytes()


def test_a_cancelled_film_leaves_nothing_and_the_old_one_stays(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    (tmp_path / "a.mp4").write_bytes(b"the film of yesterday")
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, 22_050)
    positions = output.play(make_performance(), control)
    next(positions)
    positions.close()
    output.close(completed=False)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert output.path.read_bytes() == b"the film of yesterday"


def test_ctrl_c_while_the_film_gets_its_name_comes_too_late(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def interrupted(source: Path, target: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        replace(source, target)

    monkeypatch.setattr("narrator.outputs.video_file.os.replace", interrupted)
    film(tmp_path / "film.mp4", viewport, [make_performance()], control)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "film.vtt"]


def test_an_interrupted_sentence_ends_there_and_the_next_one_follows(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, 22_050)
    for position_s in output.play(make_performance(5.0, (4.0,)), control):
        control.interrupted = position_s > 1.0
    control.interrupted = False
    for _ in output.play(make_performance(1.0, (0.5,)), control):
        pass
    output.close(completed=True)
    flashes, beeps = flash_and_beep_onsets_s(output.path)
    assert len(flashes) == len(beeps) == 1
    assert 0 <= beeps[0] - flashes[0] + SOUND_GRAIN_S <= LATEST_SOUND_S + 2 * SOUND_GRAIN_S
    assert flashes[0] == pytest.approx(0.12 + 1.0 + 0.12 + 0.5, abs=0.15)


def test_a_pause_holds_the_export(tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any) -> None:
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, 22_050)
    positions = output.play(make_performance(), control)
    next(positions)
    control.paused = True
    held = [next(positions) for _ in range(4)]
    assert len(set(held)) == 1
    control.paused = False
    assert sum(1 for _ in positions) > 20
    output.close(completed=False)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 11_127])
def test_any_sample_rate_is_taken(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any, rate_hz: int
) -> None:
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, rate_hz)
    for _ in output.play(make_performance(), control):
        pass
    output.close(completed=True)
    flashes, beeps = flash_and_beep_onsets_s(output.path)
    assert 0 <= beeps[0] - flashes[0] + SOUND_GRAIN_S <= LATEST_SOUND_S + 2 * SOUND_GRAIN_S


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, viewport: Viewport) -> None:
    with pytest.raises(OutputError, match="no_such"):
        VideoFile(tmp_path / "no_such" / "a.mp4").open(viewport, 22_050)


def test_a_narration_without_a_sentence_gives_no_film(tmp_path: Path, viewport: Viewport) -> None:
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, 22_050)
    with pytest.raises(OutputError, match="nothing was spoken"):
        output.close(completed=True)
    assert list(tmp_path.iterdir()) == []


def test_importing_the_output_loads_no_heavy_library() -> None:
    code = "import sys, narrator.outputs.video_file as v; print([m for m in ('av', 'cv2', 'PIL') if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
