"""Text as found in a page, PDF or clipboard in; the same words in one clean line out.

Runs over every block of every reader, so each pattern here is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata

WORD_GUARD = "\u2063"
"""Invisible separator put before a "[" that is no citation mark (inline code); clean_text removes it last."""

# Presentation forms that fonts and PDFs leave behind. Not NFKC: that would also turn "m²" into "m2".
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\ufb13": "\u0574\u0576",  # Armenian men-now ... men-xeh
    "\ufb14": "\u0574\u0565",
    "\ufb15": "\u0574\u056b",
    "\ufb16": "\u057e\u0576",
    "\ufb17": "\u0574\u056d",
    "\u0149": "\u02bcn",
    "\uf0b7": "\u2022",  # the bullet of the Symbol font, in the private use area
}

# Soft hyphen, zero-width space, word joiner, byte order mark, direction marks and embeddings, object replacement.
# The zero-width joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are spelled with them.
_INVISIBLE = "\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # icon fonts: nothing to say
_SURROGATES = "\ud800-\udfff"

_TO_DROP = re.compile(f"[{_INVISIBLE}{_CONTROL}{_PRIVATE_USE}{_SURROGATES}]")
_SOFT_HYPHEN_BREAK = re.compile("\u00ad[ \t]{0,8}\r?\n[ \t]{0,8}")
_WHITE_SPACE = re.compile(r"\s+")

_NUMBER_LIST = r"\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,9}"
_NOTE_NAME = r"(?:note|notes|nb|n|lower-alpha|fn|Anm\.|N)\s?\d{1,3}|[a-z]"
# "word[1]" or "word.[12, 14]": set against the word, as superscripts are once their height is lost.
_TIGHT_MARK = re.compile(rf"(?<=[^\s\[\](\u2063])(?:\[(?:{_NUMBER_LIST}|{_NOTE_NAME})\])+")
# "was shown [12].": with a space, but only where the sentence does not need it ("in [12] we" keeps it).
_LOOSE_MARK = re.compile(rf"(?<=\w)\s?(?:\s?\[{_NUMBER_LIST}\]){{1,9}}(?=\s*[.,;:!?)]|\s*$)")
# What is left of "[1,2]" when its numbers were links and went; "argv[]" in code is guarded.
_EMPTY_MARK = re.compile(r"(?<!\u2063)\s?\[[\s,;\u2013-]{0,20}\]")
_EDITORIAL = re.compile(
    r"\s?\[\s?(?:citation needed|edit|edit source|update|when\?|who\?|where\?|which\?|by whom\?|according to whom\?|"
    r"clarification needed|better source needed|not in citation given|failed verification|dubious(?: \u2013 discuss)?|"
    r"unreliable source\?|full citation needed|page needed|original research\?|dead link|verification needed|"
    r"Bearbeiten|Quelltext bearbeiten|modifier|modifier le code|editar|modifica|"
    r"r\u00e9f\. n\u00e9cessaire|cita requerida)\s?\]",
    re.IGNORECASE,
)


def clean_text(text: str) -> str:
    """One line without ligatures, invisible characters, citation marks or runs of white space; may be empty."""
    text = _SOFT_HYPHEN_BREAK.sub("", text)
    text = _without_typesetting(text)
    if "[" in text:
        text = without_citation_marks(text)
    text = _TO_DROP.sub("", text)
    return _WHITE_SPACE.sub(" ", text).strip()


def clean_code(text: str) -> str:
    """Program text with its lines and its brackets kept; only what cannot be seen or spoken is dropped."""
    text = _TO_DROP.sub("", text.replace("\r\n", "\n").replace("\t", "    "))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def without_citation_marks(text: str) -> str:
    """The text without "[1]", "[note 2]", "[citation needed]" and the edit links of wikis."""
    text = _WHITE_SPACE.sub(" ", text)  # so that the patterns meet single spaces only and stay linear
    text = _EDITORIAL.sub("", text)
    text = _TIGHT_MARK.sub("", text)
    text = _LOOSE_MARK.sub("", text)
    return _EMPTY_MARK.sub("", text)


def _without_typesetting(text: str) -> str:
    if text.isascii():
        return text
    for ligature, letters in _LIGATURES.items():
        if ligature in text:
            text = text.replace(ligature, letters)
    return unicodedata.normalize("NFC", text)
