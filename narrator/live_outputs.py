"""A target's name in, an output for a narration that is under way out, and what can be had of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from narrator import assemble
from narrator.errors import OutputError
from narrator.made_from import MadeFrom
from narrator.places import named_path
from narrator.settings import Settings
from narrator.stages import Output


class LiveOutputs:
    """Follows narrator.session_commands.Outlets."""

    def __init__(
        self, settings: Callable[[], Settings], opened: Callable[[], tuple[str, ...]], made_from: MadeFrom
    ) -> None:
        """opened names the outputs the narration is on; made_from knows what went into it."""
        self._settings = settings
        self._opened = opened
        self._made_from = made_from

    def all(self) -> list[dict[str, Any]]:
        """Each kind of output, as this machine is now."""
        return [
            {"name": name, "works": works, "detail": detail, "mend": mend}
            for name, works, detail, mend in assemble.output_states()
        ]

    def make(self, target: str) -> Output:
        """Raises OutputError where it cannot be had, with the line that mends it; no other takes its place."""
        path = str(named_path(target))
        if not assemble.is_film(target) and target not in (assemble.WINDOW, assemble.CAMERA):
            raise OutputError("window, camera or a FILE.mp4", f'"{target}" came', "Name one of them.")
        for name, works, detail, mend in assemble.output_states():
            if name == target and not works:
                raise OutputError(f"a {name} to show it in", detail, f"Mend it: {mend}")
        is_heard = assemble.TERMINAL in self._opened()
        named = path if assemble.is_film(target) else target
        return assemble.outputs([named], self._settings(), made_from=self._made_from, is_heard=is_heard)[0]
