"""The structure tree is walked once, whatever loops and rubbish it holds."""

from __future__ import annotations

from pathlib import Path

from readers.pdf_structure import Content, Element, StructureTree
from tests.readers.pdf_opened import opened
from tests.readers.raw_pdf import one_page, raw_pdf


def roles(folder: Path, root: bytes, **more: bytes) -> list[str]:
    objects = {10: root, **{int(name[1:]): body for name, body in more.items()}}
    document = opened(raw_pdf(one_page(catalog=b"/StructTreeRoot 10 0 R", more=objects)), folder)
    tree = StructureTree(document.miner.catalog)  # whose objects are read from the file as they are asked for
    found: list[str] = []
    waiting: list[Element] = [tree.top()]
    while waiting:
        for kid in tree.kids(waiting.pop()):
            if isinstance(kid, Content):
                found.append(f"{kid.page_id}:{kid.form}:{kid.mcid}")
            else:
                found.append(kid.role)
                waiting.append(kid)
    document.close()
    return found


def test_content_is_named_by_page_form_and_number(tmp_path: Path) -> None:
    kids = b"<</S/P/Pg 3 0 R/K[0 <</Type/MCR/MCID 4/Stm 7 0 R>> <</Type/OBJR/Obj 8 0 R>>]>>"
    assert roles(tmp_path, b"<</K %b>>" % kids) == ["P", "3:0:0", "3:7:4"]


def test_loops_are_walked_once(tmp_path: Path) -> None:
    assert roles(tmp_path, b"<</K 11 0 R>>", n11=b"<</S/Div/K[11 0 R 12 0 R]>>", n12=b"<</S/P/K 11 0 R>>") == [
        "Div",
        "P",
    ]


def test_roles_are_mapped_to_standard_ones(tmp_path: Path) -> None:
    assert roles(tmp_path, b"<</RoleMap<</A/B/B/Title>>/K[<</S/A>> <</S/Em>>]>>") == ["H1", "Span"]


def test_rubbish_is_left_out(tmp_path: Path) -> None:
    assert roles(tmp_path, b"<</K[null (x) 1.5 [1] <<>> <</S 5>> <</Type/MCR>>]>>") == []


def test_a_file_without_tags_has_no_tree(tmp_path: Path) -> None:
    assert not StructureTree(opened(raw_pdf(one_page()), tmp_path).miner.catalog)
