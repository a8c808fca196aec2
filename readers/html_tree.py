"""Markup in, an lxml tree out that holds only what a person sees."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import islice
from typing import Any

from readers.cleanup import WORD_GUARD

Element = Any
"""lxml.html.HtmlElement; lxml carries no types."""

ELEMENTS_MAX = 60_000
"""A page with more is read up to there: twice the elements of the longest Wikipedia pages, five hours of speech."""
TAGS_MAX = 4 * ELEMENTS_MAX
"""The same for opening and closing tags, scripts and comments included."""

_SCRIPTED = ("script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "dialog", "head", "link")
_DRAWN = ("svg", "canvas", "video", "audio", "map", "frame", "frameset", "noframes", "param", "source", "track", "meta")
_ENTERED = ("input", "select", "option", "optgroup", "textarea", "datalist", "progress", "meter", "base")
_GLOSSES = ("rt", "rp", "rtc")  # ruby: the reading beside the word; both aloud would say it twice
_NEVER_READ = _SCRIPTED + _DRAWN + _ENTERED + _GLOSSES
_WRAPPERS = re.compile(
    r"</?(?:div|span|section|font|center|b|i|u|em|strong|small|big|a|article|main|blockquote)\b[^<>]*>", re.I
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CHARACTER_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,8});?")
_ANY_TAG = re.compile(r"<[^<>]*>")
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden)", re.I)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screen-reader-only|a11y-hidden|u-hidden|is-hidden|hidden|"
    r"mw-editsection|headerlink|anchorjs-link|anchor-link|hash-link|direct-link|noprint|mw-cite-backlink|mw-jump-link|"
    r"line-?nos?|linenodiv|gutter|blob-num|line-numbers(?:-rows)?|copy-?btn|copybutton|katex-html|MathJax_Preview|"
    r"footnote-backref|reversefootnote)(?:\s|$)"
)
_REFERENCE_TARGET = re.compile(r"#(?:cite|fn|fnref|ref|note|footnote|_ftn|_edn|sdfootnote|endnote|bib|en-?\d)", re.I)
_PERMALINKS = ("\u00b6", "\u00a7", "#", "\U0001f517", "\u2693")
_REFERENCE_CLASS = re.compile(r"\b(?:reference|footnote-ref|Inline-Template|fnref|noteref|footnote-reference|cite)\b")
_REFERENCE_TEXT = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z*\u2020\u2021\u00a7]|note \d{1,3})\s*[\])]?\s*")
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-n", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207f"
)
_TAG_LENGTH_MAX = 50_000  # characters without a ">"; pictures written into attributes are longer, but are one attribute
_ATTRIBUTES_MAX = 1000
_HIDDEN_SHARE_MAX = 0.4  # a "hidden" part with more of the page's text than this is shown later by a script
_TOO_DEEP = "Excessive depth"  # libxml2 stops at 256 levels and drops the rest of the page


def parse_html(markup: str) -> Element:
    """The document's root element; every markup gives one, however broken, deep or empty."""
    tree, complete = _parse(markup)
    if not complete:
        tree, complete = _parse(_WRAPPERS.sub(" ", markup))
    if not complete:
        lines = filter(str.strip, _ANY_TAG.sub("\n", markup).replace("<", " ").split("\n"))
        tree, _ = _parse("<p>" + "</p><p>".join(islice(lines, ELEMENTS_MAX)) + "</p>")
    return tree


def _parse(markup: str) -> tuple[Element, bool]:
    from lxml import etree, html

    data = _without_endless_tags(_writable(_without_endless_rest(markup))).encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, recover=True)
    try:
        root = html.document_fromstring(data or b"<p></p>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):  # AssertionError: lxml on a page without <html>
        root = html.document_fromstring(b"<p></p>")
    too_deep = any(_TOO_DEEP in entry.message for entry in parser.error_log)
    _cut(root)
    return root, not too_deep


def _writable(markup: str) -> str:
    """Without the characters, plain or as references, that lxml parses but refuses to have written back."""
    return _CHARACTER_REFERENCE.sub(_writable_reference, _UNWRITABLE.sub(" ", markup))


def _writable_reference(reference: re.Match[str]) -> str:
    digits = reference.group(1)
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return " " if code > sys.maxunicode or _UNWRITABLE.match(chr(code)) else reference.group()


def _without_endless_rest(markup: str) -> str:
    """Cuts markup of too many tags before a tree is built of it: an element takes a hundred times its characters."""
    if markup.count("<") <= TAGS_MAX:
        return markup
    end = next(islice(re.finditer("<", markup), TAGS_MAX, None)).start()
    return markup[:end]


def _without_endless_tags(markup: str) -> str:
    """Shortens tags with thousands of attributes: libxml2 compares each with all before it."""
    parts = markup.split(">")
    if max(map(len, parts)) <= _TAG_LENGTH_MAX:
        return markup
    for index, part in enumerate(parts):
        if len(part) > _TAG_LENGTH_MAX and "<" in part:
            before, _, tag = part.rpartition("<")
            if before.count("<") > _ATTRIBUTES_MAX:
                before = before.replace("<", " ")
            if len(tag.split(maxsplit=_ATTRIBUTES_MAX)) > _ATTRIBUTES_MAX:
                tag = tag.split(maxsplit=1)[0]
            parts[index] = f"{before}<{tag}"
    return ">".join(parts)


def _cut(root: Element) -> None:
    """Takes away everything after the last element we are ready to look at."""
    last = next(islice(root.iter(), ELEMENTS_MAX, None), None)
    while last is not None and last is not root:
        parent = last.getparent()
        for follower in list(last.itersiblings()):
            parent.remove(follower)
        last = parent


def drop_what_is_not_shown(root: Element) -> None:
    """Takes scripts, hidden elements, form controls, ruby glosses, reference marks and edit links out, in place."""
    guard_inline_code(root)
    for element in list(root.iter(*_NEVER_READ)):
        if element.tag == "head" or element.getparent() is None:
            continue
        remove(element)
    for element in list(root.iter("button")):
        if not _is_inside(element, ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")):
            remove(element)
    page_length = max(1, text_length(root))
    for mark in [element for element in root.iter("sup", "a", "span") if _is_reference_mark(element)]:
        _close_up(mark)
        remove(mark)
    _remove_where(root, lambda element: _is_hidden(element) and text_length(element) < _HIDDEN_SHARE_MAX * page_length)
    for element in list(root.iter("sup")):
        _raise_exponent(element)


def is_site_link(element: Element) -> bool:
    """True for a heading that is the site's own name: a link to its front page."""
    links = element.findall(".//a")
    return (
        len(links) == 1
        and re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", links[0].get("href") or "-") is not None
    )


def remove(element: Element) -> None:
    """Takes an element out and leaves the text that followed it, parted by a space where it was a block."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def text_length(element: Element) -> int:
    """Characters of text inside, white space apart."""
    return sum(len(piece.strip()) for piece in element.itertext())


def guard_inline_code(root: Element) -> None:
    """Keeps "argv[1]" in running text from being taken for a citation mark."""
    for code in root.iter("code", "kbd", "samp", "tt", "var"):
        for element in code.iter():
            if element.text and "[" in element.text:
                element.text = element.text.replace("[", WORD_GUARD + "[")
            if element is not code and element.tail and "[" in element.tail:
                element.tail = element.tail.replace("[", WORD_GUARD + "[")


def _remove_where(root: Element, should_go: Callable[[Element], bool]) -> None:
    for element in [element for element in root.iter() if isinstance(element.tag, str) and should_go(element)]:
        if element.tag not in ("html", "body", "head"):
            remove(element)


def _is_inside(element: Element, tags: tuple[str, ...]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def _is_hidden(element: Element) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" and element.tag not in ("img", "main", "article"):
        return True
    if attributes.get("aria-modal") == "true":
        return True
    if "style" in attributes and _HIDDEN_STYLE.search(attributes["style"]):
        return True
    return "class" in attributes and _HIDDEN_CLASS.search(attributes["class"]) is not None


def _is_reference_mark(element: Element) -> bool:
    if element.tag not in ("sup", "a", "span"):
        return False
    text = element.text_content()
    if len(text) > 30:  # noqa: PLR2004  "[citation needed]" with room; a reference mark is short
        return False
    if _REFERENCE_CLASS.search(element.get("class") or ""):
        return element.tag == "sup" or _REFERENCE_TEXT.fullmatch(text) is not None
    if text.startswith("pic.twitter.com/") or (element.tag == "a" and text.strip() in _PERMALINKS):
        return True
    if element.tag == "a":
        in_text = element.getparent() is not None and element.getparent().tag not in ("li", "td")
        is_mark = _REFERENCE_TARGET.search(element.get("href") or "") or "doc-noteref" in (element.get("role") or "")
        return bool(is_mark and in_text and _REFERENCE_TEXT.fullmatch(text))
    if element.tag == "sup":
        links = element.findall(".//a")
        bracketed = re.fullmatch(r"\s*(?:\[[^\[\]]{1,25}\]\s*)+", text) is not None
        return bracketed or any((link.get("href") or "").find("#") >= 0 for link in links)
    return False


def _close_up(mark: Element) -> None:
    """Takes the space before a reference mark away where a comma or full stop follows it."""
    if (mark.tail or "")[:1] not in tuple(".,;:!?)"):
        return
    previous = mark.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "").rstrip() or None
    elif mark.getparent() is not None:
        mark.getparent().text = (mark.getparent().text or "").rstrip()


def _raise_exponent(element: Element) -> None:
    text = element.text_content().strip()
    if text and len(element) == 0 and all(character in "0123456789+-n" for character in text):
        element.text = text.translate(_SUPERSCRIPTS)
