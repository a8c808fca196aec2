"""Wishes reach the process in order and nobody waits for one that reads none; its end, whichever way, is told once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from narrator.screen_reader import voice_child as module
from narrator.screen_reader.reports import News, Report
from narrator.screen_reader.voice_child import VoiceChild
from tests.narrator.quick_narration import wait_for

LIMIT_S = 30.0
ECHO = """
import sys
for line in sys.stdin.buffer:
    sys.stdout.buffer.write(b"mark 1 %d 0\\n" % len(line) + line)
    sys.stdout.buffer.flush()
"""
DEAF = "import time; time.sleep(1000)"


class Ear:
    """What is heard of it."""

    def __init__(self, program: Path, body: str) -> None:
        program.write_text(body)
        self.heard: list[str] = []
        self.is_lost = threading.Event()
        self.child = VoiceChild("server", self._hear, lambda _: self.is_lost.set())

    def _hear(self, child: VoiceChild, report: Report) -> None:
        assert report.news is News.MARK
        self.heard.append(report.detail.strip())


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(module, "PROGRAM", "quick_voice")
    monkeypatch.setattr(module, "END_LIMIT_S", 1.0)
    return tmp_path / "quick_voice.py"


def test_wishes_arrive_in_order_and_it_ends_when_asked_to(program: Path) -> None:
    ear = Ear(program, ECHO)
    for number in range(3):
        ear.child.tell(stop=number)
    wait_for(lambda: len(ear.heard) == 3, LIMIT_S)
    assert ear.heard == ['{"stop": 0}', '{"stop": 1}', '{"stop": 2}']
    ear.child.close()
    assert ear.is_lost.wait(LIMIT_S)


def test_one_that_reads_nothing_is_not_waited_for(program: Path) -> None:
    ear = Ear(program, DEAF)
    began_s = time.monotonic()
    for _ in range(100):
        ear.child.tell(say="x" * 100_000)
    assert time.monotonic() - began_s < 5.0
    ear.child.close()
    assert ear.is_lost.wait(LIMIT_S)


@pytest.mark.parametrize(
    "body", ["raise SystemExit(3)", "print('nonsense', flush=True); import time; time.sleep(1000)"]
)
def test_one_that_dies_or_talks_nonsense_is_lost(program: Path, body: str) -> None:
    ear = Ear(program, body)
    ear.child.tell(stop=1)
    assert ear.is_lost.wait(LIMIT_S)
    ear.child.kill()
    assert ear.child.age_s < LIMIT_S
    ear.child.close()


def test_one_that_is_killed_is_lost(program: Path) -> None:
    ear = Ear(program, ECHO)
    ear.child.tell(stop=1)
    wait_for(lambda: bool(ear.heard), LIMIT_S)
    ear.child.kill()
    assert ear.is_lost.wait(LIMIT_S)
    ear.child.close()
