"""The panel's narration runs in a process of its own: it ends with the panel, or goes on and can be attached to."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import NarratorError
from narrator.live_session import running_narrations
from narrator.settings import Settings
from tests.narrator.quick_narration import wait_for
from tests.narrator.remote.conftest import runtime_folder as runtime_folder
from tui.held_narration import HeldNarration, Wish
from tui.narration import AttachedNarration

LIMIT_S = 30.0
QUICK = Settings(voice="silent", presenter="still", width=160, height=160)


@pytest.fixture
def page(tmp_path: Path, runtime_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    text = tmp_path / "page.txt"
    text.write_text("One two three four five six seven eight nine ten. " * 40)
    return text


def test_it_is_steered_seen_and_ended(page: Path) -> None:
    told: list[str] = []
    held = HeldNarration(Wish(QUICK, [str(page)], ["window"]), told.append)
    wait_for(lambda: held.ask("status")["state"]["word"] != "", LIMIT_S)
    wait_for(lambda: held.ask("picture", columns=30, half_rows=24)["pixels"] != "", LIMIT_S)
    held.ask("pause")
    wait_for(lambda: held.ask("status")["state"]["status"] == "paused", LIMIT_S)
    wait_for(lambda: any("window" in line for line in told), LIMIT_S)
    held.close()
    held.end()
    assert running_narrations() == []


def test_it_goes_on_without_the_panel_and_another_one_attaches_to_it(page: Path) -> None:
    held = HeldNarration(Wish(QUICK, [str(page)]), lambda _: None)
    held.let_go()
    held.close()
    attached = AttachedNarration()
    wait_for(lambda: attached.ask("status")["state"]["word"] != "", LIMIT_S)
    wait_for(lambda: attached.ask("picture", columns=30, half_rows=24)["pixels"] != "", LIMIT_S)
    watching = attached.watch()
    assert next(watching)["state"]["source"] == str(page)
    attached.ask("stop")
    wait_for(lambda: running_narrations() == [], LIMIT_S)
    attached.close()
    held.end()


def test_what_was_left_is_held_until_the_person_says_so(page: Path) -> None:
    told: list[str] = []
    held = HeldNarration(Wish(QUICK, [str(page)], is_held=True), told.append)
    wait_for(lambda: held.ask("status")["state"]["status"] == "paused", LIMIT_S)
    wait_for(lambda: "Held where it was left; space goes on." in told, LIMIT_S)
    held.close()
    held.end()


def test_one_that_cannot_begin_says_why(page: Path) -> None:
    with pytest.raises(NarratorError, match="nobody"):
        HeldNarration(Wish(Settings(voice="silent", presenter="nobody")), lambda _: None)
