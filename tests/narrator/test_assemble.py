"""Names become parts, settings become deliveries and viewports; an unknown name is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from avatar.still_face import StillFace
from narrator import assemble, presenters
from narrator.assemble import Request
from narrator.errors import FaceError, OutputError, SettingError, SourceError
from narrator.flow import Delivery, Viewport
from narrator.made_from import MadeFrom
from narrator.outputs.memory import MemoryOutput
from narrator.outputs.video_file import VideoFile
from narrator.settings import Settings
from narrator.speech.recorded_voice import RecordedVoice
from narrator.speech.silent_voice import SilentVoice
from readers import fetch
from readers.open_source import TIME_LIMIT_S

QUICK = Settings(voice="silent", presenter="still", width=160, height=160)


def test_settings_become_a_viewport() -> None:
    assert assemble.viewport(Settings(fps=25.0, framing="mouth")) == Viewport(1280, 720, 25.0, "mouth")


def test_what_nobody_chose_is_the_same_with_and_without_settings() -> None:
    assert assemble.delivery(Settings()) == Delivery()
    assert assemble.viewport(Settings()) == Viewport()
    assert Settings().fetch_time_limit_s == TIME_LIMIT_S == fetch.TIME_LIMIT_S


def test_a_text_without_a_language_gets_the_one_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hallo.")
    source = str(tmp_path / "a.txt")
    request = Request((source,))
    assert assemble.passage(source, request, QUICK).language == ""
    assert assemble.passage(source, request, replace(QUICK, language="de")).language == "de"


def test_lists_are_announced_only_where_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- one\n- two\n")
    source = str(tmp_path / "a.md")

    def spoken(announced: bool) -> list[str]:
        chosen = replace(QUICK, announce_lists=announced, language="en")
        return [s.text for s in assemble.sentences(assemble.passage(source, Request((source,)), chosen), chosen)]

    assert spoken(False) == ["one", "two"]
    assert spoken(True)[1:] == ["one", "two"]


def test_the_twins_have_names() -> None:
    voice = assemble.voice("silent")
    assert isinstance(voice, RecordedVoice)
    assert isinstance(voice.voice, SilentVoice)
    assert isinstance(assemble.face("still"), StillFace)


def test_an_empty_presenter_is_the_first_listed() -> None:
    assert assemble.face("").name == presenters.everyone()[0].name


def test_an_unknown_presenter_is_refused() -> None:
    with pytest.raises(FaceError, match="presenter list"):
        assemble.face("nobody")


def test_every_output_named_is_made_once(tmp_path: Path) -> None:
    film = str(tmp_path / "film.MP4")
    made = assemble.outputs(["none", film, "none"], QUICK, made_from=MadeFrom())
    assert [type(output) for output in made] == [MemoryOutput, VideoFile]


def test_without_a_display_the_window_is_refused_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(OutputError, match="--to"):
        assemble.outputs([], QUICK, made_from=MadeFrom())


def test_a_session_reads_what_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Read me aloud.")
    source = str(tmp_path / "a.txt")
    session = assemble.session(Request((source,)), ["none"], QUICK)
    watcher = session.subscribe()
    session.enqueue(source)
    assert session.wait_until_idle(10)
    session.close()
    assert "Read me aloud." in {state.sentence for state in watcher}


def test_a_password_and_a_time_limit_reach_the_reader(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        assemble.passage("http://127.0.0.1:9/x", Request(("x",)), replace(QUICK, fetch_time_limit_s=1.0))


def test_timed_speech_and_motion_share_one_time_line() -> None:
    request = Request(("--text",), "Papa came.")
    chosen = replace(QUICK, voice="silent", presenter="")
    speech = list(assemble.timed_speech(request, chosen))
    rows = list(assemble.motion(request, chosen))
    end_s = max(start_s + duration_s for _, _, start_s, duration_s in speech)
    assert rows[0]["time_s"] == pytest.approx(-Delivery().preroll_s)
    assert float(rows[-1]["time_s"]) >= end_s - 0.1
    spoken_at = [(what, start_s, start_s + length_s) for kind, what, start_s, length_s in speech if kind == "phone"]
    for row in rows:
        time_s = float(row["time_s"])
        at = [what for what, start_s, end_s in spoken_at if start_s <= time_s + 1e-9 < end_s - 1e-6]
        if at and time_s >= 0:
            assert row["phone"] in (at[0], ""), time_s


def test_a_film_with_a_transparent_background_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="a film can hold; transparent came"):
        assemble.outputs([str(tmp_path / "x.mp4")], replace(QUICK, background="transparent"), made_from=MadeFrom())
    assert not list(tmp_path.iterdir())


def test_a_background_that_is_none_is_refused() -> None:
    with pytest.raises(SettingError, match="expected a background"):
        assemble.viewport(replace(QUICK, background="nowhere.png"))


def test_every_voice_listed_has_a_name_of_its_own() -> None:
    names = [name for name, _, _ in assemble.voices()]
    assert names[0] == "espeak"
    assert len(names) == len(set(names))
