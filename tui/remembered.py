"""The user's panel.toml and what the panel noted last time in, what it begins with out."""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

_log = logging.getLogger(__name__)


@dataclass
class Remembered:
    """Kept from one panel to the next; a file that is damaged is as good as none."""

    theme: str = "narrator-dark"
    face: str = "moving"
    """How it is shown: tui/sight."""
    said: list[str] = field(default_factory=list)
    """Lines that were typed, oldest first."""
    phrases: dict[str, str] = field(default_factory=dict)
    """Digit -> words that its key has said."""
    sources: list[str] = field(default_factory=list)
    """What was read and waited when the panel closed."""
    films: list[dict[str, Any]] = field(default_factory=list)
    """Films that are still being made (tui/film)."""
    faults: list[str] = field(default_factory=list)
    """Why something of it could not be read."""
    keys: dict[str, str] = field(default_factory=dict)
    """Action -> keys, from panel.toml; the names are those of tui/actions.py, as next-paragraph."""


NOTED = ("theme", "face", "said", "phrases", "sources", "films")


def keys_path() -> Path:
    """Where people put keys of their own."""
    return platformdirs.user_config_path("narrator", appauthor=False) / "panel.toml"


def notes_path() -> Path:
    """Where the panel notes the rest."""
    return platformdirs.user_state_path("narrator", appauthor=False) / "panel.json"


def recall() -> Remembered:
    """What is known."""
    noted: dict[str, Any] = {}
    faults: list[str] = []
    try:
        read = json.loads(notes_path().read_text(encoding="utf-8"))
        usual = Remembered()
        noted = {name: read[name] for name in NOTED if type(read.get(name)) is type(getattr(usual, name))}
    except FileNotFoundError:
        pass
    except (OSError, ValueError, AttributeError) as fault:
        faults.append(f"The panel's notes in {notes_path()} cannot be read, so it begins as new: {fault}")
    return Remembered(**noted, keys=_keys(faults), faults=faults)


def note(remembered: Remembered) -> None:
    """Writes it down, whole or not at all."""
    file = notes_path()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        unfinished.write_text(json.dumps({name: getattr(remembered, name) for name in NOTED}), encoding="utf-8")
        unfinished.chmod(0o600)
        unfinished.replace(file)
    except OSError as fault:
        _log.warning("the panel cannot note how it was left: %s", fault)


def _keys(faults: list[str]) -> dict[str, str]:
    try:
        read = tomllib.loads(keys_path().read_text(encoding="utf-8")).get("keys", {})
        return {str(name): str(key) for name, key in read.items()}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as fault:
        faults.append(f"{keys_path()} cannot be read, so the usual keys count: {fault}")
        return {}
