"""A page's tree in; its title and its language out."""

from __future__ import annotations

import json
import re

from readers.cleanup import clean_text
from readers.html_tree import Element, is_site_link

_SITE_NAME = re.compile(r"\s+[|\u00b7\u2022\u2013\u2014\u00bb:-]\s+|\s*[|\u00bb]\s*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LANGUAGE_NAMES = {"english": "en", "deutsch": "de", "german": "de", "french": "fr", "spanish": "es"}
_TITLE_LENGTH_MAX = 300
_TITLE_CLASS = re.compile(r"\b(?:(?:entry|post|article|story|page)[-_]?title|headline|firstHeading)\b", re.I)
_PERMALINK_MARKS = " \u00b6#\u00a7\U0001f517"


def page_title(root: Element) -> str:
    """The headline: the h1 the <title> speaks of, else the sharing title, else <title> without the site's name."""
    document = _first_text(root, "title")
    shared = _meta(root, "og:title") or _meta(root, "twitter:title")
    headings = _headings(root)
    names = [_letters(name) for name in (document, shared) if name]
    for heading in headings:
        letters = _letters(heading)
        if letters and any(name.startswith(letters) or letters in name and len(headings) == 1 for name in names):
            return heading
    if len(headings) == 1 and not shared:
        return headings[0] if not document or _shares_words(headings[0], document) else _without_site(root, document)
    return _without_site(root, shared or document) or (headings[0] if headings else "")


def _headings(root: Element) -> list[str]:
    """Headings that may be the page's title: those that say so, else every h1 that is not the site's name."""
    named = [heading for heading in root.iter("h1", "h2", "h3") if _TITLE_CLASS.search(_names(heading))]
    chosen = named if len(named) == 1 else [heading for heading in root.iter("h1") if not is_site_link(heading)]
    texts = (clean_text(heading.text_content()).rstrip(_PERMALINK_MARKS) for heading in chosen)
    return [text for text in texts if 0 < len(text) <= _TITLE_LENGTH_MAX]


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"


def page_language(root: Element) -> str:
    """The BCP 47 tag the page gives itself; empty when it gives none."""
    html = root if root.tag == "html" else next(root.iter("html"), None)
    candidates = []
    if html is not None:
        candidates += [html.get("lang"), html.get("{http://www.w3.org/XML/1998/namespace}lang"), html.get("xml:lang")]
    body = next(root.iter("body"), None)
    if body is not None:
        candidates.append(body.get("lang"))
    candidates += [
        _meta(root, "content-language"),
        _meta(root, "og:locale"),
        _meta(root, "dc.language"),
        _json_language(root),
    ]
    return next(filter(None, map(language_tag, candidates)), "")


def language_tag(raw: str | None) -> str:
    """ "en_us" in, "en-US" out; empty for what is no language tag."""
    raw = (raw or "").split(",")[0].split(";")[0].strip()
    raw = _LANGUAGE_NAMES.get(raw.lower(), raw)
    if not _TAG.fullmatch(raw):
        return ""
    language, *rest = raw.replace("_", "-").split("-")
    parts = [language.lower()]
    for part in rest:
        is_region = len(part) == 2  # noqa: PLR2004  ISO 3166 alpha-2
        parts.append(part.upper() if is_region else part.title() if len(part) == 4 else part.lower())  # noqa: PLR2004
    return "-".join(parts)


def _without_site(root: Element, title: str) -> str:
    site = _meta(root, "og:site_name")
    parts = [part for part in _SITE_NAME.split(title) if part]
    if len(parts) < 2:  # noqa: PLR2004  nothing to take away
        return title
    if site and _letters(parts[-1]) == _letters(site):
        return title[: title.rfind(parts[-1])].rstrip(" |\u00b7\u2022\u2013\u2014\u00bb:-")
    if any(_letters(heading.text_content()) == _letters(parts[-1]) for heading in root.iter("h1")):
        return title[: title.rfind(parts[-1])].rstrip(" |\u00b7\u2022\u2013\u2014\u00bb:-")
    if site and _letters(parts[0]) == _letters(site):
        return title[title.find(parts[1]) :]
    longest = max(parts, key=len)
    return longest if "|" in title or "\u00bb" in title else title


def _shares_words(first: str, second: str) -> bool:
    words = set(first.casefold().split())
    return bool(words) and len(words & set(second.casefold().split())) * 2 >= len(words)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _first_text(root: Element, tag: str) -> str:
    for element in root.iter(tag):
        if element.getparent() is None or element.getparent().tag != "svg":
            return clean_text(element.text_content())
    return ""


def _meta(root: Element, name: str) -> str:
    for element in root.iter("meta"):
        names = (element.get("property"), element.get("name"), element.get("http-equiv"))
        if any((given or "").lower() == name for given in names) and element.get("content"):
            return clean_text(element.get("content"))
    return ""


def _json_language(root: Element) -> str:
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text and '"inLanguage"' in script.text:
            try:
                data = json.loads(script.text)
            except (ValueError, RecursionError):
                return ""
            language = data.get("inLanguage") if isinstance(data, dict) else None
            return language if isinstance(language, str) else ""
    return ""
