"""PDFs of many kinds are read as a person wants them read, and bad ones refused in one line."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pypdf
import pytest

from benchmarks.reading_score import score_reading
from narrator.errors import PasswordNeeded, SourceMissing, SourceRefused, SourceUnreadable
from narrator.flow import Block, BlockKind
from readers.pdf import PASSWORD_VARIABLE, PdfReader
from tests.readers.pdf_prose import prose
from tests.readers.raw_pdf import one_page, raw_pdf

HERE = Path(__file__).parent
TEXTS = sorted(path.stem for path in (HERE / "pdf_texts").glob("*.txt"))
OWN = [name for name in TEXTS if (HERE / "pdfs" / f"{name}.pdf").exists()]
REAL = [name for name in TEXTS if name not in OWN]
PASSWORD = "openpassword"
F1_GOAL = 0.97


def read_all(path: Path, password: str | None = None) -> list[Block]:
    return list(PdfReader(password).read(str(path)).blocks)


def assert_read_as_wanted(name: str, path: Path) -> None:
    wanted = (HERE / "pdf_texts" / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    score = score_reading(wanted, [block.text for block in read_all(path, PASSWORD)])
    assert score.f1 >= F1_GOAL, score
    assert score.order_errors == 0


@pytest.mark.parametrize("name", OWN)
def test_own_samples_are_read_as_a_person_wants_them(name: str) -> None:
    assert_read_as_wanted(name, HERE / "pdfs" / f"{name}.pdf")


@pytest.mark.parametrize("name", REAL)
def test_real_documents_are_read_as_a_person_wants_them(name: str, shared_data: Path) -> None:
    assert_read_as_wanted(name, shared_data / "pdf" / f"{name}.pdf")


def test_headings_lists_and_tables_are_told_apart() -> None:
    blocks = read_all(HERE / "pdfs" / "lists_and_table.pdf")
    kinds = {block.text: (block.kind, block.level, block.position, block.total) for block in blocks}
    assert kinds["Stores for the winter"] == (BlockKind.HEADING, 1, 0, 0)
    assert kinds["2 How to store it"] == (BlockKind.HEADING, 2, 0, 0)
    assert kinds["Food that keeps"] == (BlockKind.LIST_ITEM, 0, 2, 3)
    assert kinds["dried fruit"] == (BlockKind.LIST_ITEM, 1, 2, 2)
    assert kinds["2023, 410 l, 38 kg"] == (BlockKind.TABLE_ROW, 0, 2, 4)


def test_a_note_waits_for_the_end_of_the_paragraph_it_interrupts() -> None:
    texts = [block.text for block in read_all(HERE / "pdfs" / "footnotes.pdf")]
    assert texts.index("The bell now hangs in the school.") == texts.index(prose(6, 1)[0]) + 1


def test_no_running_head_or_page_number_is_left() -> None:
    text = " ".join(block.text for block in read_all(HERE / "pdfs" / "running_heads.pdf"))
    assert "Chapter One" not in text
    assert "Keeper's Book" not in text
    assert "\u2013 8 \u2013" not in text


def test_the_title_language_and_outline_come_along(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=HERE / "pdfs" / "two_columns.pdf")
    first = writer.add_outline_item(title="Beginning", page_number=0)
    writer.add_outline_item(title="Deeper", page_number=1, parent=first)
    writer.root_object[pypdf.generic.NameObject("/Lang")] = pypdf.generic.TextStringObject("en-GB")
    writer.write(tmp_path / "outlined.pdf")
    passage = PdfReader().read(str(tmp_path / "outlined.pdf"))
    assert passage.title == "Notes from a lighthouse"
    assert passage.language == "en-GB"
    assert passage.outline == ((1, "Beginning"), (2, "Deeper"))


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A sample encrypted with AES-256."""
    writer = pypdf.PdfWriter(clone_from=HERE / "pdfs" / "three_columns.pdf")
    writer.encrypt("s\u00e9same", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    return tmp_path / "locked.pdf"


def test_the_right_password_opens_aes_256(locked: Path) -> None:
    assert_read_as_wanted_with(locked, "s\u00e9same")


def assert_read_as_wanted_with(path: Path, password: str) -> None:
    assert read_all(path, password)[0].text == "Light at the end of the pier"


def test_a_wrong_password_is_called_wrong(locked: Path) -> None:
    with pytest.raises(PasswordNeeded, match="does not open.*--password"):
        PdfReader("open sesame").read(str(locked))


def test_a_missing_password_names_the_option(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    with pytest.raises(PasswordNeeded, match="no password was given.*--password"):
        PdfReader().read(str(locked))


def test_the_password_may_come_from_the_environment(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "s\u00e9same")
    assert read_all(locked)


def test_a_scan_without_text_names_ocr(shared_data: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"6 pages are pictures without text\. Let OCR .*ocrmypdf"):
        PdfReader().read(str(shared_data / "pdf" / "imagemagick-images.pdf"))


def test_an_own_scan_without_text_names_ocr(tmp_path: Path) -> None:
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    objects = one_page(b"612 0 0 792 0 0 cm /I Do", resources=b"/XObject<</I 6 0 R>>")
    (tmp_path / "scan.pdf").write_bytes(raw_pdf({**objects, 6: image + b"\nstream\n\x80\nendstream"}))
    with pytest.raises(SourceUnreadable, match="ocrmypdf"):
        PdfReader().read(str(tmp_path / "scan.pdf"))


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, SourceMissing, "there is no"),
        (b"", SourceUnreadable, "is empty"),
        (b"PK\x03\x04 no PDF at all", SourceRefused, "does not begin with"),
        (b"%PDF-1.7\n%%EOF\n", SourceUnreadable, "damaged.*mend"),
    ],
)
def test_bad_files_get_one_line_with_a_next_step(
    content: bytes | None, error: type[Exception], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=words) as told:
        PdfReader().read(str(path))
    assert "\n" not in str(told.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="not a file"):
        PdfReader().read(str(tmp_path))


def test_a_truncated_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = (HERE / "pdfs" / "running_heads.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: int(0.8 * len(whole))])
    assert read_all(path)[0].text == prose(0, 1)[0]


def test_two_hundred_megabytes_that_are_no_pdf_end_in_time(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200 << 20)
    start_s = time.monotonic()
    with pytest.raises(SourceUnreadable):
        PdfReader().read(str(path))
    assert time.monotonic() - start_s < 20


def test_files_are_known_by_their_name_or_their_beginning(tmp_path: Path) -> None:
    unnamed = tmp_path / "download"
    unnamed.write_bytes(b"%PDF-1.4\n")
    assert PdfReader().can_read("some/paper.PDF")
    assert PdfReader().can_read(str(unnamed))
    assert not PdfReader().can_read(str(tmp_path / "page.html"))
    assert not PdfReader().can_read("https://example.org/paper.pdf")


def long_book(pages: int) -> bytes:
    """A book whose pages share a font and differ in a number."""
    lines = [f"({line}) Tj 0 -14 Td" for text in prose(0, 2) for line in (text[:70], text[70:140], text[140:])]
    objects = one_page()
    kids = []
    for page in range(pages):
        content = f"BT /F1 11 Tf 72 740 Td (Page {page + 1} begins here.) Tj 0 -14 Td {' '.join(lines)} ET".encode()
        objects[10 + 2 * page] = b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content)
        objects[11 + 2 * page] = objects[3].replace(b"4 0 R", b"%d 0 R" % (10 + 2 * page))
        kids.append(b"%d 0 R" % (11 + 2 * page))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, b" ".join(kids))
    return raw_pdf(objects)


def resident_kib(process_id: int) -> int:
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def processor_s(process_id: int) -> float:
    """Time the process has worked, which other work on the machine does not lengthen."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only on Linux can memory be read like this")
def test_a_thousand_pages_begin_at_once_and_take_no_more_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(long_book(1000))
    passage = PdfReader().read(str(path))
    assert processor_s(passage.blocks._worker.process_id) < 1.0  # type: ignore[attr-defined]
    used: dict[int, int] = {}
    for block in passage.blocks:
        if block.page % 100 == 20 and block.page not in used:
            used[block.page] = resident_kib(passage.blocks._worker.process_id)  # type: ignore[attr-defined]
    assert len(used) == 10
    assert used[920] < 1.15 * used[20]


def test_closing_the_blocks_ends_the_child_process(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(long_book(50))
    blocks = PdfReader().read(str(path)).blocks
    next(iter(blocks))
    blocks.close()  # type: ignore[attr-defined]
    assert blocks._worker._process.poll() is not None  # type: ignore[attr-defined]
    assert list(blocks) == []


def test_a_document_that_dies_in_the_middle_keeps_what_was_read(tmp_path: Path) -> None:
    data = long_book(6)
    path = tmp_path / "holed.pdf"
    path.write_bytes(data.replace(b"(Page 4 begins here.)", b"<</Page 4 begins here.>>" * 1, 1))
    texts = " ".join(block.text for block in read_all(path))
    assert "Page 3 begins here." in texts
    assert "Page 6 begins here." in texts


def test_writing_a_sample_again_gives_readable_bytes() -> None:
    assert pypdf.PdfReader(io.BytesIO(long_book(2))).pages[1].extract_text().startswith("Page 2")
