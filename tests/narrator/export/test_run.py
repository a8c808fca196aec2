"""A shelf becomes films; what is there is kept, what changed is made anew, and what fails stops nobody else."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import av
import pytest

from narrator.credentials.film_reading import State, read_credentials
from narrator.credentials.signing_key import key_folder
from narrator.errors import OutputError
from narrator.export.drawing import TOKEN_FILE
from narrator.export.folder import ExportFolder, Record
from narrator.export.joining import Joined
from narrator.export.making import Making
from narrator.export.own_cores import OwnCores
from narrator.export.page import Page
from narrator.export.run import Export
from tests.narrator.export.conftest import QUICK, book, states
from tests.narrator.outputs.test_video_file_faults import files_at_most

Run = Callable[..., Export]


def films(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.mp4")}


def test_each_document_becomes_a_film_with_captions_poster_and_a_page(export: Run, shelf: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        (shelf / f"book{number}.md").write_text(book(number), encoding="utf-8")
    assert states(export()) == {"book1": "made", "book2": "made"}
    for number in (1, 2):
        with av.open(str(tmp_path / f"films/book{number}.mp4")) as film:
            assert [stream.type for stream in film.streams][:3] == ["video", "audio", "subtitle"]
            headings = [one["metadata"]["title"] for one in film.chapters()]
            assert headings[-2:] == ["Chapter 1", "Chapter 2"]
            assert film.metadata["title"] == f"Book {number}"
        assert f"chapter 1 of book {number}" in (tmp_path / f"films/book{number}.vtt").read_text().replace("\n", " ")
        assert (tmp_path / f"films/book{number}.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert "Book 2" in (tmp_path / "films/index.html").read_text()


def test_a_second_run_keeps_what_is_there(export: Run, shelf: Path, tmp_path: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    export()
    before = (tmp_path / "films/book.mp4").stat()
    again = export()
    assert states(again) == {"book": "kept"}
    assert (tmp_path / "films/book.mp4").stat().st_mtime_ns == before.st_mtime_ns


def test_a_changed_chapter_alone_is_drawn_anew(export: Run, shelf: Path) -> None:
    words = "These words fill a chapter so that it is long enough for a section of its own. " * 6
    (shelf / "book.md").write_text(book(1, 6, words), encoding="utf-8")
    first = export()
    (shelf / "book.md").write_text(book(1, 6, words).replace("chapter 4 of", "chapter four of"), encoding="utf-8")
    second = export()
    assert states(second) == {"book": "made"}
    assert first.progress.sections_drawn >= 6
    assert second.progress.sections_drawn == 2  # itself, and the one before it, which ends in its pose


def test_a_film_that_was_deleted_is_joined_again_without_drawing(export: Run, shelf: Path, tmp_path: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    export()
    before = films(tmp_path / "films")
    (tmp_path / "films/book.mp4").unlink()
    again = export()
    assert (states(again), again.progress.sections_drawn) == ({"book": "made"}, 0)
    assert films(tmp_path / "films") == before


def test_another_setting_makes_all_anew(export: Run, shelf: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    export()
    assert states(export(Making(replace(QUICK, rate=110)))) == {"book": "made"}


def test_bad_documents_are_named_and_the_rest_is_finished(export: Run, shelf: Path, tmp_path: Path) -> None:
    (shelf / "good.md").write_text(book(1), encoding="utf-8")
    (shelf / "empty.txt").write_text("", encoding="utf-8")
    (shelf / "poison.pdf").write_bytes(b"%PDF-1.7 and nothing that belongs there")
    (shelf / "noise.md").write_bytes(os.urandom(3000))
    made = export()
    assert states(made) == {"good": "made", "empty": "failed", "poison": "failed", "noise": "failed"}
    report = json.loads((tmp_path / "films/report.json").read_text())
    why = {Path(one["source"]).name: one["why"] for one in report["documents"]}
    assert "poison.pdf" in why["poison.pdf"]
    assert "expected" in why["empty.txt"]
    (shelf / "empty.txt").write_text("Now it says something.", encoding="utf-8")
    assert states(export())["empty"] == "made"


def test_two_documents_of_one_name_keep_films_of_their_own(export: Run, shelf: Path, tmp_path: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    (shelf / "book.txt").write_text("Another book.", encoding="utf-8")
    assert states(export()) == {"book": "made", "book-2": "made"}
    (shelf / "aaa").with_suffix(".md").write_text(book(3), encoding="utf-8")
    assert states(export()) == {"aaa": "made", "book": "kept", "book-2": "kept"}


def test_the_same_words_in_two_documents_are_drawn_once(export: Run, shelf: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (shelf / name).write_text("Exactly the same words.", encoding="utf-8")
    made = export()
    assert (made.progress.sections, made.progress.seconds_drawn > 0) == (2, True)
    assert len(set(states(made).values())) == 1


def test_what_a_killed_run_left_half_written_goes(export: Run, shelf: Path, tmp_path: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    sections = tmp_path / "films/.sections"
    sections.mkdir(parents=True)
    (sections / ".abc.host-1.part.mov").write_bytes(b"half")
    export()
    assert not list(sections.glob(".*.part.*"))


def test_a_film_that_got_its_name_before_ctrl_c_is_recorded_and_signed(
    export: Run, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    write = Page.write_film

    def interrupted(page: Page, record: Record, joined: Joined) -> None:
        signal.raise_signal(signal.SIGINT)
        write(page, record, joined)

    with monkeypatch.context() as patched:
        patched.setattr(Page, "write_film", interrupted)
        with pytest.raises(KeyboardInterrupt):
            export(is_signed=True)
    (told,) = json.loads((tmp_path / "films/report.json").read_text())["documents"]
    assert (told["state"], told["film"]) == ("made", "book.mp4")
    assert "book.mp4" in (tmp_path / "films/index.html").read_text()
    assert read_credentials(tmp_path / "films/book.mp4", key_folder()).state is State.VALID
    assert states(export(is_signed=True)) == {"book": "kept"}


def test_a_film_that_got_its_name_while_ctrl_c_came_is_taken_up(
    export: Run, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")

    def interrupted(pending: dict[Future[object], object], timeout: float, when: str) -> object:
        done = wait(pending, timeout, when)
        if when == FIRST_COMPLETED and (tmp_path / "films/book.mp4").exists():
            wait(pending, 10)
            raise KeyboardInterrupt
        return done

    with monkeypatch.context() as patched:
        patched.setattr("narrator.export.run.wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            export(is_signed=True)
    (told,) = json.loads((tmp_path / "films/report.json").read_text())["documents"]
    assert (told["state"], told["film"]) == ("made", "book.mp4")


def test_a_film_that_is_not_signed_yet_has_no_name(
    export: Run, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Export, "_was_joined", interrupted)
        with pytest.raises(KeyboardInterrupt):
            export(is_signed=True)
    assert [path.name for path in (tmp_path / "films").iterdir() if path.suffix == ".mp4"] == []
    (told,) = json.loads((tmp_path / "films/report.json").read_text())["documents"]
    assert (told["state"], told["film"]) == ("unfinished", "")
    assert states(export(is_signed=True)) == {"book": "made"}


def test_two_runs_never_write_one_folder(tmp_path: Path) -> None:
    with closing(ExportFolder(tmp_path / "films")), pytest.raises(OutputError, match="another one is writing"):
        ExportFolder(tmp_path / "films")


def test_a_full_disk_ends_the_run_in_words_and_the_next_one_completes_it(export: Run, shelf: Path) -> None:
    for number in range(3):
        (shelf / f"book{number}.md").write_text(book(number), encoding="utf-8")
    with closing(OwnCores(1)) as cores:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        cores.submit(resource.setrlimit, resource.RLIMIT_FSIZE, (2_000, most)).result(60)
        with files_at_most(2_000):
            full = export(workers=cores, here=cores)
        assert set(states(full).values()) == {"failed"}
        assert all("disk is full" in document.why for document in full.documents)
        cores.submit(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)).result(60)
        assert set(states(export(workers=cores, here=cores)).values()) == {"made"}


def test_workers_that_do_not_see_the_folder_send_what_they_drew(shelf: Path, tmp_path: Path, cores: OwnCores) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    with closing(ExportFolder(tmp_path / "films")) as folder:
        (folder.sections / TOKEN_FILE).unlink()  # as on a machine that has a folder of this name, but another one
        far = Export(folder, [str(shelf / "book.md")], Making(QUICK), cores, cores, is_signed=False)
        far.run()
    assert states(far) == {"book": "made"}
    assert far.progress.sections_drawn == 1
