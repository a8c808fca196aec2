"""The parser's commands in, those that steer a running narration added out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Add = Callable[[Commands, str, str, str], argparse.ArgumentParser]

LIVE_SETTINGS = "such as rate, exaggeration, voice or presenter"


def add_steering(commands: Commands, add: Add, add_json: Callable[[argparse.ArgumentParser], None]) -> None:
    """Each names the narration it steers: the newest, or the one of --id."""

    def steer(name: str, help_line: str, run: str | None = None) -> argparse.ArgumentParser:
        made = add(commands, name, help_line, f"steer:{run or name}")
        made.set_defaults(wrong_usage=made.error)
        made.add_argument("--id", default="", metavar="N", help="which narration; narrator status names them")
        return made

    pause = steer("pause", "hold the running narration where it is")
    pause.add_argument("--toggle", action="store_true", help="or go on, where it is held: one key for both")
    steer("resume", "go on with the narration that was paused")
    for name, way in (("next", "on to the next"), ("previous", "back to the")):
        step = steer(name, f"{way} sentence, paragraph or heading")
        unit = step.add_mutually_exclusive_group()
        unit.add_argument("--paragraph", dest="unit", action="store_const", const="paragraph", default="sentence")
        unit.add_argument("--heading", dest="unit", action="store_const", const="heading")
    replay = steer("replay", "say the sentence again")
    replay.add_argument("--slower", action="store_true", help="at three quarters of its rate, slower each time")
    seek = steer("seek", "jump to a sentence, and a word in it")
    seek.add_argument("sentence", type=_ordinal, metavar="SENTENCE", help="its number, from 1")
    seek.add_argument("word", type=_ordinal, nargs="?", default=1, metavar="WORD", help="its number, from 1")
    steer("skip", "end what is read and go on with what waits")
    steer("stop", "end what is read and forget what waits")
    rate = steer("rate", "change the speaking rate at the next word")
    rate.add_argument("value", metavar="WPM", help="words a minute")
    change = steer("change", f"change a setting of the running narration, {LIVE_SETTINGS}")
    change.add_argument("name", metavar="NAME")
    change.add_argument("value", metavar="VALUE")
    queue = steer("queue", "show what waits to be read, or add, move and remove")
    queue.add_argument("action", nargs="?", choices=("add", "move", "remove"), help="what to do; nothing: show it")
    queue.add_argument("what", nargs="*", metavar="SOURCE|NUMBER", help="sources to add; a number, and its new place")
    add_json(queue)
    say = steer("say", "have words said at once; a document goes on after them")
    say.add_argument("words", nargs="+", metavar="WORDS")
    add_json(steer("outputs", "show window, camera and film: what is open, what can be, and what mends the rest"))
    for name, help_line in (("open", "show it in one more output"), ("shut", "close one output; the others go on")):
        steer(name, help_line).add_argument("target", metavar="OUTPUT", help="window, camera or FILE.mp4")
    add_json(steer("outline", "show the headings of what is read, and the sentences they begin with"))
    status = steer("status", "tell what the running narrations do")
    status.add_argument("--watch", action="store_true", help="and every change, a line each, until it ends")
    add_json(status)


def _ordinal(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f'expected a number from 1 on; "{text}" came')
    return number
