"""A failure in, the fault that a session names it by, with what is left out because of it, out."""

from __future__ import annotations

from narrator.errors import FaceError, NarratorError, OutputError, SourceError, VoiceError
from narrator.script import Script
from narrator.session_queue import Item
from narrator.session_state import Fault

PARTS = {SourceError: "source", VoiceError: "voice", FaceError: "face", OutputError: "output"}


def part_of(failure: NarratorError) -> str:
    """Which part of narrator failed, as Fault.part has it."""
    return next((part for kind, part in PARTS.items() if isinstance(failure, kind)), "narrator")


def left_out(failure: NarratorError, item: Item, script: Script, is_rest: bool) -> Fault:
    """The fault, with the sentence that is not spoken because of it."""
    kept = script.kept(item.sentence, 1)
    text = kept[0][1].text if kept else ""
    rest = ", and all after it" if is_rest else ""
    told = str(failure).removesuffix(".")  # a next step that is a command has no full stop
    message = f'{told}. Left out{rest}: sentence {item.sentence + 1}, "{text}"'
    return Fault(part_of(failure), item.name, message, item.sentence, is_rest)
