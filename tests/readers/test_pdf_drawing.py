"""What a page draws is gathered once, the right way up, with its marks."""

from __future__ import annotations

from pathlib import Path

from tests.readers.pdf_opened import opened, shown_text
from tests.readers.raw_pdf import one_page, raw_pdf, stream


def shown(folder: Path, content: bytes, **more: bytes) -> str:
    return shown_text(opened(raw_pdf(one_page(content, **more)), folder))  # type: ignore[arg-type]


def test_text_along_the_margin_is_left_out(tmp_path: Path) -> None:
    stamp = b"BT /F1 9 Tf 0 1 -1 0 20 300 Tm (arXiv) Tj ET "
    assert shown(tmp_path, stamp + b"BT /F1 9 Tf 72 700 Td (A longer text) Tj ET") == "A longer text"


def test_a_page_turned_on_its_side_is_read_the_right_way(tmp_path: Path) -> None:
    assert shown(tmp_path, b"BT /F1 9 Tf 0 1 -1 0 300 300 Tm (Landscape) Tj ET") == "Landscape"
    assert shown(tmp_path, b"BT /F1 9 Tf 0 1 -1 0 300 300 Tm (Turned) Tj ET", page=b"/Rotate 90") == "Turned"


def test_a_watermark_at_an_angle_is_left_out(tmp_path: Path) -> None:
    draft = b"BT /F1 80 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET "
    assert shown(tmp_path, draft + b"BT /F1 9 Tf 72 700 Td (Text) Tj ET") == "Text"


def test_an_invisible_layer_under_a_scan_is_its_text(tmp_path: Path) -> None:
    assert shown(tmp_path, b"BT 3 Tr /F1 9 Tf 72 700 Td (Recognised) Tj ET") == "Recognised"


def test_invisible_text_beside_visible_text_is_left_out(tmp_path: Path) -> None:
    hidden = b"BT 3 Tr /F1 9 Tf 72 600 Td (key) Tj ET "
    assert shown(tmp_path, hidden + b"BT 0 Tr /F1 9 Tf 72 700 Td (Visible) Tj ET") == "Visible"


def test_text_off_the_page_is_left_out(tmp_path: Path) -> None:
    assert shown(tmp_path, b"BT /F1 9 Tf 72 700 Td (On) Tj 2000 0 Td (off) Tj ET") == "On"


def test_actual_text_stands_for_what_is_drawn(tmp_path: Path) -> None:
    assert shown(tmp_path, b"/Span <</ActualText(and)>> BDC BT /F1 9 Tf 72 700 Td (& c) Tj ET EMC") == "and"


def test_text_inside_forms_is_read(tmp_path: Path) -> None:
    form = stream(b"BT /F1 9 Tf 72 700 Td (Inside) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]")
    objects = one_page(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more={6: form})
    assert shown_text(opened(raw_pdf(objects), tmp_path)) == "Inside"


def test_an_unused_code_is_a_bullet(tmp_path: Path) -> None:
    assert shown(tmp_path, b"BT /F1 9 Tf 72 700 Td (\x7f oil) Tj ET") == "\u2022 oil"
