"""Settings that cost nothing, processes that work, and small documents: what the export's tests are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from narrator.export.folder import ExportFolder
from narrator.export.making import Making
from narrator.export.own_cores import OwnCores
from narrator.export.run import Export
from narrator.settings import Settings

QUICK = Settings(voice="silent", presenter="still", width=160, height=160, fps=20.0)
"""The do-nothing twins: a real film of each document, without a face or a voice."""


@pytest.fixture(scope="session")
def cores() -> Iterator[OwnCores]:
    """Two processes of this machine, which all tests of a run share."""
    with closing(OwnCores(2)) as cores:
        yield cores


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder for documents."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def export(tmp_path: Path, shelf: Path, cores: OwnCores) -> Callable[..., Export]:
    """Runs one export of the shelf into a folder beside it."""

    def run(making: Making | None = None, into: str = "films", **options: object) -> Export:
        sources = [str(path) for path in sorted(shelf.iterdir())]
        with closing(ExportFolder(tmp_path / into)) as folder:
            wanted = {"workers": cores, "here": cores, "is_signed": False, **options}
            made = Export(folder, sources, making or Making(QUICK), **wanted)  # type: ignore[arg-type]
            made.run()
        return made

    return run


def book(number: int, chapters: int = 2, words: str = "Words that nobody has to hear.") -> str:
    """A Markdown file, another one for each number."""
    said = [f"## Chapter {n}\n\nThis is chapter {n} of book {number}. {words}" for n in range(1, chapters + 1)]
    return "\n\n".join([f"# Book {number}", *said])


def states(export: Export) -> dict[str, str]:
    """What became of each document, by the name of its film."""
    return {document.name: document.state for document in export.documents}
