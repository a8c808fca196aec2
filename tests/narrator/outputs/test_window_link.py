"""The window's process starts, answers, ends when asked, and its failures are named."""

from __future__ import annotations

import time
from typing import Any

import pytest

from narrator.errors import OutputError
from narrator.outputs.window_link import WindowLink


@pytest.fixture
def offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.mark.usefixtures("offscreen")
def test_it_loads_and_ends_when_asked() -> None:
    heard: list[dict[str, Any]] = []
    link = WindowLink(heard.append)
    link.wait_until_loaded()
    began_s = time.perf_counter()
    link.close()
    assert time.perf_counter() - began_s < 2.0
    assert link.is_gone
    assert heard == [{"kind": "gone"}]


@pytest.mark.usefixtures("offscreen")
def test_sending_to_a_process_that_has_gone_is_no_error() -> None:
    link = WindowLink(lambda message: None)
    link.wait_until_loaded()
    link._process.kill()
    link._process.wait()
    for _ in range(3):
        link.send("frame")
    link.close()


def test_an_unknown_platform_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    link = WindowLink(lambda message: None)
    with pytest.raises(OutputError, match="--to FILE.mp4"):
        link.wait_until_loaded()
    link.close()
