"""A running narration in, small pictures of its face out, for a panel in another process; and of other faces."""

from __future__ import annotations

import base64
import threading
import time
from typing import TYPE_CHECKING, Any

from narrator import assemble, presenters
from narrator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrator.flow import RgbImage
    from narrator.session import Session
    from narrator.settings import Settings
    from narrator.stages import Output

NAME = "preview"
UNSEEN_S = 2.0
"""Without a request for so long, nobody looks."""
MOST_CELLS = 320
"""On a side; a terminal is not larger."""


class LivePreview:
    """Follows narrator.session_commands.Sights. Any thread may ask."""

    def __init__(self) -> None:
        self._picture: RgbImage | None = None
        self._size = (0, 0)
        self._asked_s = 0.0
        self._opening = threading.Lock()
        self._session: Session | None = None
        self._settings: Callable[[], Settings] | None = None
        self._is_ours = False

    def output(self, settings: Settings) -> Output:
        """What draws the pictures, with the sound where nothing else has it."""
        return assemble.preview(settings, self._take, self._wanted)

    def attach(self, session: Session, settings: Callable[[], Settings]) -> None:
        """Where the output is to be opened once somebody asks for a picture, if it is not open yet."""
        self._session, self._settings = session, settings

    def picture(self, columns: int, half_rows: int) -> dict[str, Any]:
        """The newest, about so large; none yet where it is empty. (0, 0): nobody looks any more. Raises OutputError."""
        self._size, self._asked_s = (min(columns, MOST_CELLS), min(half_rows, MOST_CELLS)), time.monotonic()
        if not all(self._size):
            self._shut()
            return as_answer(None)
        self._open()
        return as_answer(self._picture)

    def portrait(self, name: str, side_px: int) -> dict[str, Any]:
        """That presenter at rest. Raises FaceError."""
        return as_answer(presenters.portrait(name, max(2, min(side_px, presenters.PORTRAIT_PX))))

    def _open(self) -> None:
        """With the next sentence: a picture beside it is no reason to interrupt what is said."""
        with self._opening:
            if self._session is None or self._settings is None or self._is_ours:
                return
            is_open = self._session.state.outputs
            if NAME in is_open or not is_open:
                return
            if not set(is_open) & set(assemble.LIVE):
                raise OutputError("a narration that plays as it is heard", f"it goes to {is_open[0]}", "Wait for it.")
            self._session.open_output(self.output(self._settings()), at_once=False)
            self._is_ours = True

    def _shut(self) -> None:
        with self._opening:
            if self._is_ours and self._session is not None:
                self._session.shut_output(NAME, at_once=False)
                self._is_ours = False

    def _take(self, picture: RgbImage) -> None:
        self._picture = picture

    def _wanted(self) -> tuple[int, int]:
        return self._size if time.monotonic() - self._asked_s < UNSEEN_S else (0, 0)


def as_answer(picture: RgbImage | None) -> dict[str, Any]:
    """A picture as JSON has it: columns, half_rows and, row by row, three bytes a pixel in base64."""
    if picture is None:
        return {"columns": 0, "half_rows": 0, "pixels": ""}
    height, width = picture.shape[:2]
    pixels = base64.b64encode(picture[..., :3].tobytes()).decode("ascii")
    return {"columns": width, "half_rows": height, "pixels": pixels}
