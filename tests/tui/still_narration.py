"""A narration that never moves in, the panel before it as it always looks: for pictures of its screens."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from tui.narration import Answer

SENTENCES = (
    ("How lips are read", -1, True),
    ("Most people read lips a little without knowing it.", 0, False),
    ("In a loud room, the mouth of the person opposite tells you which word you have just missed.", 0, False),
    ("What the eye can see", 1, True),
    ("Three things make a sound visible: the lips, the teeth and the tongue.", 2, False),
    ("Wide letters keep their places: 唇を読む, and so do accents: é, ü.", 3, False),
    ("A word that is wider than any line is broken: " + "Donaudampfschifffahrt" * 6 + ".", 4, False),
)
"""(text, block, whether it is a heading)"""
SPOKEN, WORD = 2, 8
STATE: Mapping[str, Any] = {
    "status": "paused",
    "source": "https://example.org/lips.html",
    "title": "How lips are read",
    "item": 1,
    "number": 1,
    "sentence": SENTENCES[SPOKEN][0],
    "sentence_index": SPOKEN,
    "sentence_count": len(SENTENCES),
    "resumed_at": 0,
    "block_index": 0,
    "word": "opposite",
    "word_index": WORD,
    "marks": [[0, 2, 0.0], [3, 4, 0.2], [5, 9, 0.3], [10, 15, 0.7], [16, 19, 1.3], [20, 25, 1.5], [26, 28, 1.9]]
    + [[29, 32, 2.0], [33, 39, 2.1], [40, 48, 2.6], [49, 54, 3.2]],
    "rate_wpm": 130,
    "position_s": 2.2,
    "narration_s": 9.0,
    "progress": 0.4,
    "faults": [],
    "outputs": ["window", "preview"],
    "waiting": [{"id": 2, "name": "/home/ada/report.pdf"}, {"id": 3, "name": "https://example.org/next"}],
    "stopped": False,
}
NOTHING: Mapping[str, Any] = {**STATE, "status": "idle", "item": 0, "number": 0, "title": "", "waiting": []}
SETTINGS = (
    {"name": "voice", "shown": "espeak", "choices": [], "is_switch": False, "at_once": True, "meaning": "who speaks"},
    {"name": "presenter", "shown": "ada", "choices": [], "is_switch": False, "at_once": True, "meaning": "the face"},
    {"name": "rate", "shown": "130", "choices": [], "is_switch": False, "at_once": True, "meaning": "words a minute"},
    {"name": "framing", "shown": "face", "choices": ["face", "mouth"], "is_switch": False, "at_once": True}
    | {"meaning": "how much of the person is shown"},
    {"name": "captions", "shown": "on", "choices": [], "is_switch": True, "at_once": True, "meaning": "under the chin"},
    {"name": "font", "shown": "empty", "choices": [], "is_switch": False, "at_once": False, "meaning": "of captions"},
)
OUTPUTS = (
    {"name": "window", "works": True, "detail": "a floating window", "mend": ""},
    {"name": "camera", "works": False, "detail": "the driver v4l2loopback is not installed"}
    | {"mend": "sudo apt-get install -y v4l2loopback-dkms"},
    {"name": "film", "works": True, "detail": "FILE.mp4, with captions", "mend": ""},
)
OFFERED = (("ada", "Ada, a woman in her thirties; drawn by the project"), ("joel", "Joel, a man of about forty"))
SKY, SKIN = b"\x90\xa8\xb8", b"\xd8\xa0\x88"


class StillNarration:
    """Follows tui.narration.Narration; all it is asked to do, it leaves."""

    is_own = False

    def __init__(self, state: Mapping[str, Any] = STATE) -> None:
        self._state = state
        self._is_closed = threading.Event()

    def ask(self, command: str, **fields: object) -> Answer:
        told: dict[str, Answer] = {
            "sentences": {"sentences": self._sentences(fields)},
            "settings": {"settings": [{**one, "value": one["shown"]} for one in SETTINGS]},
            "offered": {"offered": [list(one) for one in OFFERED] if fields.get("name") == "presenter" else []},
            "outputs": {"outputs": list(OUTPUTS)},
            "outline": {"headings": [_heading("How lips are read", 1, 0), _heading("What the eye can see", 2, 3)]},
            "picture": _picture(fields.get("columns"), fields.get("half_rows")),
            "portrait": _picture(fields.get("side_px"), fields.get("side_px")),
        }
        return told.get(command, {})

    def watch(self) -> Iterator[Answer]:
        yield {"state": self._state}
        self._is_closed.wait()

    def close(self) -> None:
        self._is_closed.set()

    def _sentences(self, fields: Mapping[str, Any]) -> list[Answer]:
        first, count = fields.get("first", 0), fields.get("count", 0)
        numbered = list(enumerate(SENTENCES))[first : first + count] if self._state["item"] else []
        return [
            {"index": index, "text": text, "block_index": block, "is_heading": is_heading}
            for index, (text, block, is_heading) in numbered
        ]


def _heading(text: str, level: int, sentence: int) -> Answer:
    return {"text": text, "level": level, "sentence": sentence}


def _picture(columns: object, half_rows: object) -> Answer:
    """A face as plain as can be: a third of the width is skin."""
    if not (isinstance(columns, int) and isinstance(half_rows, int)):
        return {}
    side = columns // 3
    pixels = (SKY * side + SKIN * (columns - 2 * side) + SKY * side) * half_rows
    return {"columns": columns, "half_rows": half_rows, "pixels": base64.b64encode(pixels).decode()}
