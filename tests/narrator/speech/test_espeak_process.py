"""The espeak worker answers, survives what it is told, and comes back when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from narrator.speech import espeak_worker
from narrator.speech.espeak_process import EspeakProcess, UnknownVoice, engine_paths
from narrator.speech.worker_process import WorkerDied


@pytest.fixture
def process() -> EspeakProcess:
    made = EspeakProcess()
    yield made  # type: ignore[misc]
    made.close()


def test_a_text_comes_back_as_sound_and_events(process: EspeakProcess) -> None:
    raw = process.speak("Hello there.", "gmw/en-US", 130)
    assert raw.rate_hz == 22050
    assert len(raw.pcm) > raw.rate_hz
    assert [event.position for event in raw.events if event.ipa is None] == [1, 7]
    assert "ˈoʊ" in [event.ipa for event in raw.events]
    samples = [event.sample for event in raw.events]
    assert samples == sorted(samples)


def test_an_unknown_voice_is_said_so(process: EspeakProcess) -> None:
    with pytest.raises(UnknownVoice):
        process.speak("Hello.", "no-such-voice", 130)
    assert process.speak("Hello.", "gmw/en-US", 130).pcm


def test_what_was_said_before_leaves_no_trace(process: EspeakProcess) -> None:
    first = process.speak("The same words.", "gmw/en-US", 130)
    process.speak("Autre chose.", "roa/fr+f3", 180, pitch=80)
    assert process.speak("The same words.", "gmw/en-US", 130) == first


def test_a_killed_worker_is_replaced(process: EspeakProcess) -> None:
    process.speak("One.", "gmw/en-US", 130)
    worker = process._worker
    assert worker is not None
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert process.speak("Two.", "gmw/en-US", 130).pcm


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only on macOS and Linux is a crash kept to one request")
def test_a_crash_inside_the_engine_costs_one_request_only(process: EspeakProcess) -> None:
    with pytest.raises(WorkerDied):
        process.speak("8", "esx/kl", 130)  # espeak 1.52's Greenlandic voice dies on eights
    pid = process._worker._process.pid  # type: ignore[union-attr]
    assert process.speak("Still here.", "gmw/en-US", 130).pcm
    assert process._worker._process.pid == pid  # type: ignore[union-attr]


def test_the_first_sound_comes_soon_after_a_cold_start() -> None:
    spent = []
    for _ in range(5):
        process = EspeakProcess()
        begun = time.perf_counter()
        process.speak("Hello.", "gmw/en-US", 130)
        spent.append(time.perf_counter() - begun)
        process.close()
    yardstick = bare_python_s()
    assert min(spent) < max(0.150, 4 * yardstick), f"{min(spent):.3f} s; an empty Python takes {yardstick:.3f} s"


def bare_python_s() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)
    return time.perf_counter() - begun


def test_the_worker_imports_nothing_heavy() -> None:
    code = f"import runpy, sys; runpy.run_path({espeak_worker.__file__!r}); print('numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-I", "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    assert found.stdout.strip() == "False"


def test_the_engine_comes_from_a_package_of_the_environment() -> None:
    library_path, data_path = engine_paths()
    assert os.path.isfile(library_path)
    assert os.path.isdir(data_path)


def test_all_voices_are_listed_with_their_languages(process: EspeakProcess) -> None:
    voices = process.voices()
    assert len(voices) > 100
    assert all(voice["identifier"] and voice["languages"] for voice in voices)
