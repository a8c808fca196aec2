"""A narration can be steered from other processes, and without a socket it still speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.assemble import Request
from narrator.live_session import live_session, running_narration, running_narrations, steerable
from narrator.session import Session
from narrator.session_places import KeptPlaces, NoPlaces
from narrator.settings import Settings
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for
from tests.narrator.remote.conftest import runtime_folder as runtime_folder


def speaking() -> Session:
    session = quick_session([SlowOutput()])
    session.enqueue(passage(*["One two three four five six seven eight."] * 20))
    wait_for(lambda: session.state.word != "")
    return session


def test_another_process_reaches_it(runtime_folder: Path) -> None:
    session = speaking()
    with steerable(session, Settings(voice="silent", presenter="still")) as number:
        assert running_narrations() == [number]
        with running_narration() as other:
            other.ask("pause")
            assert session.is_paused
            assert other.ask("status")["state"]["source"] == "page"
            other.ask("set", name="rate", value="200")
            other.ask("resume")
        wait_for(lambda: session.state.rate_wpm == 200)
    assert running_narrations() == []
    session.close(completed=False)


def test_without_a_socket_it_says_so_and_speaks_on(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (runtime_folder / "narrator").mkdir(mode=0o755)  # not ours alone
    session = speaking()
    with steerable(session, Settings()) as number:
        assert number == ""
    assert "cannot steer" in caplog.text
    session.close(completed=False)


@pytest.mark.parametrize(("targets", "kind"), [(["none"], NoPlaces), (["x.mp4"], NoPlaces), (["window"], KeptPlaces)])
def test_places_are_kept_where_people_read_along(
    targets: list[str], kind: type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("narrator.assemble.outputs", lambda *_, **__: [SlowOutput()])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    session = live_session(Request(("a",)), targets, Settings(voice="silent", presenter="still"))
    assert isinstance(session._places, kind)
    session.close(completed=False)
