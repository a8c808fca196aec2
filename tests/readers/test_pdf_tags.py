"""Tagged files are read in the order of their tags; pages with poor tags by their layout."""

from __future__ import annotations

from pathlib import Path

from narrator.flow import Block, BlockKind
from readers.pdf import PdfReader
from tests.readers.raw_pdf import one_page, raw_pdf

MORE = b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"


def shown(mcid: int, y: int, text: str, tag: str = "P") -> bytes:
    return f"/{tag} <</MCID {mcid}>> BDC BT /F1 12 Tf 72 {y} Td ({text}) Tj ET EMC ".encode()


def read(tmp_path: Path, content: bytes, kids: bytes, roles: bytes = b"", **more: bytes) -> list[Block]:
    objects = one_page(content, catalog=MORE, more={10: b"<</RoleMap<<%b>>/K[%b]>>" % (roles, kids)})
    path = tmp_path / "tagged.pdf"
    path.write_bytes(raw_pdf(objects))
    return list(PdfReader().read(str(path)).blocks)


def element(role: str, kids: str, more: str = "") -> bytes:
    return f"<</S/{role}/Pg 3 0 R/K[{kids}]{more}>>".encode()


def test_the_order_is_that_of_the_tags(tmp_path: Path) -> None:
    content = shown(0, 700, "Second comes this.") + shown(1, 600, "First comes this.")
    blocks = read(tmp_path, content, element("P", "1") + element("P", "0"))
    assert [block.text for block in blocks] == ["First comes this.", "Second comes this."]


def test_roles_of_the_file_s_own_are_mapped(tmp_path: Path) -> None:
    blocks = read(tmp_path, shown(0, 700, "A chapter"), element("Kapitel", "0"), b"/Kapitel/Ueber/Ueber/H2")
    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 2)


def test_artifacts_are_left_out(tmp_path: Path) -> None:
    running = b"/Artifact <</Type/Pagination>> BDC BT /F1 9 Tf 72 780 Td (Running head) Tj ET EMC "
    blocks = read(tmp_path, running + shown(0, 700, "The text."), element("P", "0"))
    assert [block.text for block in blocks] == ["The text."]


def test_alternative_and_actual_text_are_spoken(tmp_path: Path) -> None:
    content = shown(0, 700, "The ") + shown(1, 700, "1st") + shown(2, 600, "x")
    kids = element("P", f"0 {element('Span', '1', '/ActualText(first)').decode()}")
    kids += element("Figure", "2", "/Alt(A boat in fog)")
    blocks = read(tmp_path, content, kids)
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, "The first"),
        (BlockKind.FIGURE, "A boat in fog"),
    ]


def test_lists_nest_and_tables_have_rows(tmp_path: Path) -> None:
    content = b"".join(shown(n, 700 - 20 * n, text) for n, text in enumerate(("Oil", "Food", "flour", "Year", "2023")))
    inner = element("L", element("LI", element("LBody", "2").decode()).decode()).decode()
    items = element("LI", element("LBody", "0").decode()) + element("LI", element("LBody", f"1 {inner}").decode())
    row = element("TR", (element("TH", "3") + element("TD", "4")).decode())
    blocks = read(tmp_path, content, element("L", items.decode()) + element("Table", row.decode()))
    assert [(b.kind, b.text, b.level, b.position, b.total) for b in blocks] == [
        (BlockKind.LIST_ITEM, "Oil", 0, 1, 2),
        (BlockKind.LIST_ITEM, "Food", 0, 2, 2),
        (BlockKind.LIST_ITEM, "flour", 1, 1, 1),
        (BlockKind.TABLE_ROW, "Year, 2023", 0, 1, 1),
    ]


def test_the_language_of_an_element_is_kept(tmp_path: Path) -> None:
    blocks = read(tmp_path, shown(0, 700, "Guten Tag"), element("P", "0", "/Lang(de-DE)"))
    assert blocks[0].language == "de-DE"


def test_a_page_whose_tags_reach_little_is_read_by_its_layout(tmp_path: Path) -> None:
    untagged = b"BT /F1 12 Tf 72 500 Td (All of this long sentence has no tag whatsoever.) Tj ET"
    blocks = read(tmp_path, shown(0, 700, "Tagged.") + untagged, element("P", "0"))
    assert "All of this long sentence has no tag whatsoever." in " ".join(block.text for block in blocks)
    assert "Tagged." in " ".join(block.text for block in blocks)
