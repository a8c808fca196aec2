"""What the parts of the panel tell each other: what happened, or what a person wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.message import Message


@dataclass
class ActionWanted(Message):
    """A button, key or palette line of tui/actions.py."""

    name: str


@dataclass
class Asked(Message):
    """The narration should be asked this; news is told once it has done it."""

    command: str
    fields: Mapping[str, object] = field(default_factory=dict)
    news: str = ""


@dataclass
class StateCame(Message):
    """The narration's state, whole."""

    state: Mapping[str, Any]


@dataclass
class NarrationEnded(Message):
    """Nothing more will come from it."""


@dataclass
class NewsCame(Message):
    """A line for people."""

    line: str
    is_fault: bool = False
