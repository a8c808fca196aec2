"""Two states of a narration in, what changed between them in words out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from narrator.session_commands import TYPED

State = Mapping[str, Any]
NOTHING_YET: State = {"status": "idle", "faults": (), "outputs": (), "waiting": (), "rate_wpm": 0, "number": 0}


def news(before: State, after: State) -> Iterator[tuple[str, bool]]:
    """(line, whether it is a fault) for each thing a person should know of; words and sentences are on the page."""
    told = {_key(fault) for fault in before["faults"]}
    for fault in after["faults"]:
        if _key(fault) not in told:
            yield f"{fault['name']}: {fault['message']}", True
    if _is_begun(before, after):
        yield f"Reading {name_of(after)}.", False
    if after.get("resumed_at") and not before.get("resumed_at"):
        yield f"Going on at sentence {after['resumed_at'] + 1}, where it was left.", False
    yield from ((line, False) for line in _of_outputs(before, after))
    yield from ((line, False) for line in _of_status(before, after))


def name_of(state: State) -> str:
    """What is being read, as people call it."""
    return str(state.get("title") or short(str(state.get("source") or "")) or "nothing")


def sources_of(state: State) -> list[str]:
    """What is read and what waits, by the names it can be read again by."""
    is_reading = state.get("item") and state["status"] not in ("idle", "closed")
    named = [str(state["source"])] if is_reading else []
    return [name for name in [*named, *(str(one["name"]) for one in state["waiting"])] if name != TYPED]


def short(source: str) -> str:
    """An address without its scheme, a path without its folders."""
    if "://" in source:
        return source.partition("://")[2].rstrip("/")
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source


def _is_begun(before: State, after: State) -> bool:
    """Whether something else is read, or what was being opened, or its title became known."""
    if after["status"] in ("opening", "idle", "closed"):
        return False
    is_other = after["number"] != before["number"] or before["status"] == "opening"
    return is_other or bool(after.get("title") and after.get("title") != before.get("title"))


def _of_outputs(before: State, after: State) -> Iterator[str]:
    for name in after["outputs"]:
        if name not in before["outputs"] and name != "preview":
            yield f"The {name} is open."
    for name in before["outputs"]:
        if name not in after["outputs"] and after["status"] != "closed":
            yield f"The {name} is closed."


def _of_status(before: State, after: State) -> Iterator[str]:
    was, is_now = before["status"], after["status"]
    if was == is_now:
        if after["rate_wpm"] != before["rate_wpm"] and before["rate_wpm"] and after["rate_wpm"]:
            yield f"{after['rate_wpm']} words a minute."
        return
    if is_now == "paused":
        yield f"Paused at sentence {after.get('sentence_index', 0) + 1}; space goes on."
    elif was == "paused" and is_now == "speaking":
        yield "Going on."
    elif is_now == "opening":
        yield f"Opening {short(str(after.get('source', '')))} ..."
    elif is_now == "idle" and after.get("finished", 0) > before.get("finished", 0):
        yield "Done: nothing more to read."
    elif is_now == "idle" and after.get("stopped"):
        yield "Stopped; a adds something to read."
    elif is_now == "closed":
        yield "The narration has ended."


def _key(fault: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(fault.values())
