"""Everything the panel can do, as one table: its command's words, its keys, its label and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do, here and on the command line by the same words."""

    name: str
    """The words after `narrator`, as "next --paragraph": this action, without a terminal that paints."""
    key: str
    """Textual's names of keys, separated by commas; empty where it is reached in another way."""
    label: str
    """In the footer and on buttons."""
    meaning: str
    """One sentence."""
    command: str = ""
    """The narration's own command (docs/live.md), where nothing has to be asked of the person first."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """What goes with that command."""
    in_footer: bool = False

    @property
    def id(self) -> str:
        """By which a key map names it: next-paragraph."""
        return self.name.replace(" --", "-").replace(" ", "-")


ACTIONS = (
    Action("pause", "space", "Pause", "Hold picture, sound and place, or go on.", "toggle", in_footer=True),
    Action("resume", "", "Go on", "Go on after a pause.", "resume"),
    Action("next", "n", "Next", "On to the next sentence.", "next", in_footer=True),
    Action("previous", "p", "Back", "Back to the sentence before.", "previous", in_footer=True),
    Action("next --paragraph", "N", "Paragraph on", "On to the next paragraph.", "next", {"unit": "paragraph"}),
    Action("previous --paragraph", "P", "Paragraph back", "Back by a paragraph.", "previous", {"unit": "paragraph"}),
    Action("next --heading", "h", "Heading on", "On to the next heading.", "next", {"unit": "heading"}),
    Action("previous --heading", "H", "Heading back", "Back by a heading.", "previous", {"unit": "heading"}),
    Action("replay", "r", "Again", "This sentence from its start.", "replay"),
    Action("replay --slower", "s", "Slower", "This sentence again, slower each time.", "replay", {"slower": True}),
    Action("skip", "k", "Skip", "End what is read and go on with what waits.", "skip"),
    Action("stop", "x", "Stop", "End what is read and forget what waits.", "stop"),
    Action("seek", "", "Go there", "Read on from a word: click it, or Enter on it."),
    Action("rate", "plus,equals_sign,minus", "Rate", "Speak faster or slower, by ten words a minute."),
    Action("change", "f2", "Settings", "Voice, face, size of the mouth's movements and all other settings."),
    Action("presenter list", "f6", "Faces", "Choose who speaks by a picture of each."),
    Action("queue", "u", "Queue", "What is read and what waits."),
    Action("queue add", "a", "Add", "An address, a file, the clipboard or your own words.", in_footer=True),
    Action("queue move", "", "Move", "Earlier or later in the queue: [ and ] in it."),
    Action("queue remove", "", "Remove", "Out of the queue: Delete in it."),
    Action("say", "t", "Type", "What you type is said at once, before the document goes on.", in_footer=True),
    Action("outputs", "f3", "Outputs", "Window, camera and film: what is open and what can be."),
    Action("open", "", "Open", "Show it in one more output."),
    Action("shut", "", "Shut", "Close one output; the others go on."),
    Action("outline", "o", "Outline", "The headings; Enter goes there."),
    Action("export", "e", "Export", "Make a film of what is read and what waits."),
    Action("status", "f5", "Log", "Every change and every fault so far, in words."),
    Action("doctor", "f4", "Doctor", "What works on this machine, and the line that mends the rest."),
)
BY_NAME = {action.name: action for action in ACTIONS}
