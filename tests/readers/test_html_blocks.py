"""Trees in; blocks of the right kind, place and language out, in document order."""

from __future__ import annotations

from narrator.flow import BlockKind
from readers.html_blocks import page_blocks
from readers.html_tree import parse_html
from readers.page_block import PageBlock


def blocks_of(markup: str) -> list[PageBlock]:
    return page_blocks(parse_html(markup))


def texts_of(markup: str) -> list[str]:
    return [block.text for block in blocks_of(markup)]


def test_double_line_breaks_part_paragraphs_and_single_ones_do_not() -> None:
    assert texts_of("<div>one<br>two<br><br>three<br> <br>four</div>") == ["one two", "three", "four"]


def test_text_beside_block_elements_is_kept_in_order() -> None:
    assert texts_of("<div>a <b>b</b><p>c</p>d<ul><li>e</ul>f</div>") == ["a b", "c", "d", "e", "f"]


def test_lists_know_depth_place_and_total() -> None:
    found = blocks_of("<ol><li>a<li>b<ul><li>c</ul></ol>")
    assert [(block.text, block.level, block.position, block.total) for block in found] == [
        ("a", 0, 1, 2),
        ("b", 0, 2, 2),
        ("c", 1, 1, 1),
    ]


def test_headings_have_levels_also_where_only_their_role_says_so() -> None:
    found = blocks_of('<h3>a</h3><div role="heading" aria-level="5">b</div><p>c</p>')
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.HEADING, 3),
        (BlockKind.HEADING, 5),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_quotes_code_captions_and_pictures_have_their_kinds() -> None:
    found = blocks_of(
        "<blockquote><p>q</p></blockquote><pre>x = a[1]\n  y</pre>"
        '<figure><img alt="not this one here"><figcaption>cap tion</figcaption></figure>'
        '<p>text <img alt="A cat on a red roof"></p>'
    )
    assert [(block.kind, block.text) for block in found] == [
        (BlockKind.QUOTE, "q"),
        (BlockKind.CODE, "x = a[1]\n  y"),
        (BlockKind.FIGURE, "cap tion"),
        (BlockKind.PARAGRAPH, "text"),
        (BlockKind.FIGURE, "A cat on a red roof"),
    ]


def test_links_are_counted_apart_from_jumps_on_the_page() -> None:
    away, jump = blocks_of('<p>1234<a href="/x">5678</a></p><p><a href="#top">top</a></p>')
    assert (away.link_share, jump.link_share, jump.jump_share) == (0.5, 0.0, 1.0)


def test_a_block_knows_its_language() -> None:
    found = blocks_of(
        '<html lang="en"><p>a</p><p lang="fr">b <span lang="de">c</span></p><blockquote lang="fr">d</blockquote>'
    )
    assert [block.language for block in found] == ["en", "fr", "fr"]


def test_labels_set_side_by_side_do_not_run_together() -> None:
    assert texts_of("<p><span>Jane Doe</span><span>12 min read</span></p>") == ["Jane Doe 12 min read"]
    assert texts_of("<p><span>Java</span>Script</p>") == ["JavaScript"]


def test_quoted_words_get_their_marks_and_formulas_their_words() -> None:
    assert texts_of('<p><q>Hi</q> said <math alttext="x + y"><mi>x</mi></math></p>') == ["“Hi” said x + y"]
