"""Whatever a person may name in; the right reader's passage, or one clear line, out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from avatar.motion.saved import asked
from avatar.motion_frame import REST
from narrator.errors import SourceError, SourceMissing, SourceRefused, SourceUnreadable
from readers.by_content import passage_of_bytes
from readers.open_source import open_source

HERE = Path(__file__).parent


def test_literal_text_wins_over_the_source() -> None:
    assert [block.text for block in open_source("x", text="Hello.").blocks] == ["Hello."]


def test_files_are_opened_by_what_they_are(tmp_path: Path) -> None:
    page, note, bare, text = (tmp_path / name for name in ("a.html", "b.md", "c", "d.txt"))
    page.write_text("<title>Page</title><p>Some words.</p>", encoding="utf-8")
    note.write_text("# Note\n\nSome words.", encoding="utf-8")
    bare.write_text("<html><title>Bare</title><p>Some words.</p>", encoding="utf-8")
    text.write_text("<p> in plain text stays.", encoding="utf-8")
    assert [open_source(str(path)).title for path in (page, note, bare)] == ["Page", "Note", "Bare"]
    assert [block.text for block in open_source(str(text)).blocks] == ["<p> in plain text stays."]


def test_a_pdf_is_known_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes((HERE / "pdfs" / "ligatures.pdf").read_bytes())
    assert list(open_source(str(path)).blocks)


@pytest.mark.parametrize(
    ("source", "error", "word"),
    [
        ("nowhere.html", SourceMissing, "nowhere.html"),
        ("ftp://example.org/a", SourceRefused, "scheme"),
        ("http://", SourceRefused, "host"),
        ("http://example.org:99999/", SourceRefused, "Port out of range"),
        ("http://[::1", SourceRefused, "Invalid IPv6"),
        ("", SourceMissing, "its name is empty"),
        (" \n", SourceMissing, "its name is empty"),
    ],
)
def test_what_cannot_be_read_is_one_line(source: str, error: type[SourceError], word: str) -> None:
    with pytest.raises(error, match=word):
        open_source(source)


def test_a_motion_and_other_data_are_no_prose(tmp_path: Path) -> None:
    motion, other = tmp_path / "m.jsonl", tmp_path / "list.json"
    motion.write_text(json.dumps({"time_s": -0.2, "phone": "", **asked(REST)}) + "\n")
    other.write_text('{"words": ["One", "two."]}')
    with pytest.raises(SourceRefused, match=r"the motion of a face.*--motion .*m\.jsonl"):
        open_source(str(motion))
    renamed = motion.rename(tmp_path / "m.txt")
    with pytest.raises(SourceRefused, match="the motion of a face"):
        open_source(str(renamed))
    with pytest.raises(SourceRefused, match=r"--motion FILE\.jsonl"):
        passage_of_bytes(renamed.read_bytes(), "-")
    with pytest.raises(SourceRefused, match=r"data for programs.*\.txt"):
        open_source(str(other))


@pytest.mark.parametrize("name", ["book.epub", "letter.docx"])
def test_kinds_that_come_later_are_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"RIFF....")
    with pytest.raises(SourceRefused):
        open_source(str(tmp_path / name))


def test_a_file_that_fails_while_it_is_read_is_one_line() -> None:
    broken = Path("/proc/self/mem")  # its first page is never there
    if not broken.exists():
        pytest.skip("only Linux has a file that always fails")
    with pytest.raises(SourceUnreadable, match="Input/output error"):
        open_source(str(broken))


def test_importing_it_loads_no_heavy_library() -> None:
    heavy = "{'trafilatura', 'lxml', 'httpx', 'bs4', 'charset_normalizer', 'pypdf', 'pdfminer', 'markdown_it'}"
    code = f"import sys, readers.open_source; print(sorted({heavy} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
