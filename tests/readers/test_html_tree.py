"""Markup with hidden, scripted, deep and broken parts in; only what a person sees out, in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readers import html_tree
from readers.html_tree import drop_what_is_not_shown, is_site_link, parse_html, remove, text_length


def seen(markup: str) -> str:
    root = parse_html(markup)
    drop_what_is_not_shown(root)
    return " ".join(root.text_content().split())


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        '<div style="color:red; display : none">no</div>',
        "<p hidden>no</p>",
        '<span aria-hidden="true">no</span>',
        '<span class="sr-only">no</span>',
        "<button>no</button>",
        "<select><option>no</select>",
        "<ruby><rt>no</rt></ruby>",
        '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>',
        '<sup><a href="#fn3">3</a></sup>',
        '<a role="doc-noteref" href="#id2">[1]</a>',
    ],
)
def test_what_is_not_shown_is_not_read_and_the_rest_stays(hidden: str) -> None:
    assert seen(f"<p>One sentence that stays{hidden}, and its tail.</p>") == "One sentence that stays, and its tail."


def test_a_hidden_part_with_most_of_the_text_is_shown_by_a_script_and_stays() -> None:
    assert "everything" in seen('<body style="visibility:hidden"><div hidden><p>everything is in here</p></div></body>')


def test_buttons_that_are_headings_stay() -> None:
    assert seen("<h3><button>Can I appeal?</button></h3><p>Yes.</p>") == "Can I appeal?Yes."


def test_exponents_are_raised() -> None:
    assert seen("<p>about 10<sup>6</sup> m<sup>2</sup></p>") == "about 10⁶ m²"


def test_a_space_before_a_removed_mark_goes_with_it() -> None:
    assert seen('<p>two things happen <sup><a href="#fn1">1</a></sup>: this</p>') == "two things happen: this"


def test_removing_keeps_the_text_after_it() -> None:
    root = parse_html("<p>a<b>x</b>b<i>y</i>c</p>")
    for tag in ("b", "i"):
        remove(root.find(f".//{tag}"))
    assert root.text_content() == "abc"
    assert text_length(root) == 3


def test_the_sites_own_name_is_known_by_its_link() -> None:
    assert is_site_link(parse_html('<h1><a href="https://example.org/">Site</a></h1>').find(".//h1"))
    assert not is_site_link(parse_html('<h1><a href="/2024/post">Post</a></h1>').find(".//h1"))


@pytest.mark.parametrize("tag", ["div", "span", "ul", "table", "blockquote", "b", "a", "font", "sup", "section", "x-y"])
def test_fifty_thousand_nested_elements_keep_their_text(tag: str) -> None:
    started = time.thread_time()
    assert "at the bottom" in seen(f"<{tag}>" * 50_000 + "<p>words at the bottom</p>")
    assert time.thread_time() - started < 5


def test_a_tag_with_a_million_attributes_is_cut_short() -> None:
    started = time.thread_time()
    seen("<p>before</p><div " + "a=1 b " * 500_000 + ">after</div>")
    assert time.thread_time() - started < 5


def test_a_page_of_too_many_elements_is_read_up_to_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "ELEMENTS_MAX", 1000)
    assert 900 < sum(1 for _ in parse_html("<p>word</p>" * 5000).iter()) <= 1010


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/=\"'&;! abdiprtx\n#-[]", max_size=300))
def test_any_markup_gives_a_tree(markup: str) -> None:
    assert isinstance(seen(markup), str)


def test_two_million_tags_cost_neither_time_nor_memory() -> None:
    started = time.thread_time()
    assert len(seen("x<br>" * 2_000_000)) < 1_000_000
    assert time.thread_time() - started < 6


@pytest.mark.parametrize(
    "character", ["\x00", "\x01", "\x0c", "\x1f", "\ufffe", "\ud800", "&#1;", "&#x1F;", "&#0", "&#xFFFFFF;"]
)
def test_characters_that_xml_forbids_do_no_harm_anywhere(character: str) -> None:
    markup = f"<p>a{character}<script>x</script>b{character}<code>c[{character}1]</code><sup>2{character}</sup> d</p>"
    assert "".join(seen(markup).split()).startswith("ab")
