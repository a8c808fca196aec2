"""The films of a folder in, the page that plays them out: one player, a list, captions on, keys and speech enough.

Opened from a disk, a page may load pictures, films and scripts, but no caption file; so each film's captions also lie
in a small script of its own, and the list stays short however long the films are.
"""

from __future__ import annotations

import json
import time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from narrator.export.joining import CAPTIONS, POSTER, Joined
from narrator.outputs.mp4_writer import output_error

if TYPE_CHECKING:
    from narrator.export.folder import ExportFolder, Record

TEMPLATE = "page.html"
FILMS, COUNT = "<!-- films -->", "<!-- count -->"
REFRESHED_S = 10.0
"""At most this often while films come."""


class Page:
    """The page of one folder."""

    def __init__(self, folder: ExportFolder) -> None:
        self._folder = folder
        self._written_s = -REFRESHED_S

    def write_film(self, record: Record, joined: Joined) -> None:
        """What the player must know of one film. Raises OutputError."""
        film, script = self._folder.film(record.name), self._folder.script(record.name)
        try:
            script.parent.mkdir(exist_ok=True)
            captions = film.with_suffix(CAPTIONS).read_text(encoding="utf-8")
        except OSError as fault:
            raise output_error(film, fault) from fault
        told = {"name": record.name, "captions": captions, "chapters": joined.chapters}
        self._folder.write(script, f"narratorFilm({json.dumps(told, ensure_ascii=True)});\n")

    def refresh(self, *, at_once: bool = False) -> None:
        """Writes the list anew, unless that was done just now. Raises OutputError."""
        if not at_once and time.monotonic() < self._written_s + REFRESHED_S:
            return
        records = [one for one in self._folder.records.values() if self._folder.film(one.name).is_file()]
        self._folder.write(self._folder.page, page(records))
        self._written_s = time.monotonic()


def page(records: list[Record]) -> str:
    """The whole page."""
    template = Path(__file__).with_name(TEMPLATE).read_text(encoding="utf-8")
    rows = [_row(record) for record in sorted(records, key=lambda one: (one.title.casefold(), one.name))]
    count = "1 film" if len(rows) == 1 else f"{len(rows)} films"
    return template.replace(COUNT, count).replace(FILMS, "\n".join(rows))


def _row(record: Record) -> str:
    language = f' lang="{escape(record.language)}"' if record.language and record.language != "und" else ""
    film, poster = quote(f"{record.name}.mp4"), quote(f"{record.name}{POSTER}")
    picture = f'<img src="{poster}" alt="" loading="lazy" width="320" height="180">'
    title = f'<span class="title"{language}>{escape(record.title)}</span>'
    words = f'<span class="words">{title} <span class="length">{_length(record.seconds)}</span></span>'
    return f'<li><a href="{film}" data-name="{escape(record.name)}">{picture}{words}</a></li>'


def _length(seconds: float) -> str:
    """In words that are also spoken well."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "1 second" if round(seconds) < 2 else f"{round(seconds)} seconds"
    hours, minutes = divmod(minutes, 60)
    said = [f"{hours} h"] if hours else []
    return " ".join([*said, f"{minutes} min"] if minutes or not hours else said)
