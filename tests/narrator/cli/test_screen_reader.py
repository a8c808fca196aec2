"""`narrator screen-reader` installs, tells and removes, a line each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from narrator.cli import COULD_NOT, DONE, main
from narrator.screen_reader import installing


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_install_says_where_and_what_to_try(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["screen-reader", "install"]) == DONE
    said = capsys.readouterr().out
    assert str(home / ".local" / "libexec") in said
    assert "spd-say -o narrator" in said or "apt-get install" in said


def test_status_tells_what_is_missing_and_how_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen-reader", "status", "--json"]) == COULD_NOT
    found = json.loads(capsys.readouterr().out)
    assert any(one["mend"] == "narrator screen-reader install" for one in found)
    main(["screen-reader", "install"])
    capsys.readouterr()
    main(["screen-reader", "status"])
    assert "sd_narrator" in capsys.readouterr().out


def test_remove_takes_it_away_and_may_be_said_twice(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    main(["screen-reader", "install"])
    capsys.readouterr()
    assert main(["screen-reader", "remove"]) == DONE
    assert not (home / ".local" / "libexec").exists()
    assert main(["screen-reader", "remove"]) == DONE
    assert capsys.readouterr().out.splitlines() == ["removed", "it was not installed"]


def test_a_server_that_keeps_it_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    main(["screen-reader", "install"])
    monkeypatch.setattr(installing, "loaded_modules", lambda _: ["narrator"])
    main(["screen-reader", "remove"])
    assert "pkill -x speech-dispatch" in capsys.readouterr().out
