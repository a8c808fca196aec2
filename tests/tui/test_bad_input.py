"""Whatever is put into the panel, it answers in one clear line and lives on."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from avatar.still_face import StillFace
from narrator.errors import VoiceError
from narrator.flow import Delivery, Sentence, Utterance
from narrator.pipeline import Cast
from narrator.session import Status
from narrator.settings import Settings
from narrator.speech.silent_voice import SilentVoice
from tests.narrator.quick_narration import SMALL, SlowOutput, quick_session
from tests.narrator.remote.conftest import runtime_folder as runtime_folder
from tests.tui.panel_world import NarrationHere, World, open_source
from tests.tui.test_app import home as home
from tests.tui.test_app import reading
from tui.app import Panel
from tui.held_narration import HeldNarration, Wish
from tui.outputs_view import OutputRow
from tui.remembered import Remembered

QUICK = Settings(voice="silent", presenter="still", width=160, height=160)
WRONG_ADDRESS = "http://127.0.0.1:9/nothing.html"
"""Nobody listens on that port."""


class RealWorld(World):
    """The panel with its narration in a process of its own, which reads what people name."""

    def __init__(self) -> None:
        self.remembered = Remembered()
        self.held: list[HeldNarration] = []
        self.panel = Panel(self._opened, self.remembered)

    def _opened(self) -> HeldNarration:
        self.held.append(HeldNarration(Wish(QUICK, targets=["none"]), lambda _: None))
        return self.held[0]

    def close(self) -> None:
        for held in self.held:
            held.end()


async def add(world: World, source: str) -> None:
    await world.press("a")
    await world.until(lambda: "Read what?" in world.shown())
    await world.press(*source, "enter")


def faults(world: World) -> list[str]:
    return [line for line, is_fault in world.panel.log_lines if is_fault]


def test_a_wrong_address_an_unreadable_pdf_and_a_file_that_is_not_there(runtime_folder: Path, tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.pdf", tmp_path / "good.txt"
    broken.write_bytes(b"%PDF-1.7\nthis is no document\n")
    good.write_text("One two three four five. " * 50)

    async def story(world: World) -> None:
        for number, (source, words) in enumerate(
            ((WRONG_ADDRESS, "127.0.0.1"), (str(broken), "broken.pdf"), ("missing.txt", "missing.txt")), 1
        ):
            await add(world, source)
            await world.until(lambda number=number: len(faults(world)) == number)
            line = faults(world)[-1]
            assert words in line
            assert "\n" not in line
            assert "Traceback" not in line
            assert line.rstrip().endswith(".") or ":" in line, "what to do next"
        await add(world, str(good))
        await world.until(lambda: "speaking" in world.shown())

    RealWorld().run(story, (120, 40))


class StuckVoice(SilentVoice):
    """Says nothing, and does not answer either, until its owner gives it up."""

    def __init__(self) -> None:
        self.given_up = threading.Event()

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        if "stuck" in sentence.text and self.given_up.wait(60.0):
            raise VoiceError(
                "the voice to answer within 15 s", "it was stuck", "Use the built-in voice: --voice espeak"
            )
        return super().speak(sentence, delivery)


def test_a_voice_that_hangs_holds_up_nothing_else(tmp_path: Path) -> None:
    voice = StuckVoice()
    text = tmp_path / "text.txt"
    text.write_text("This one gets stuck. This one does not, and so it is said at last, word by word.")

    class StuckWorld(World):
        def __init__(self) -> None:
            super().__init__()
            self.session.close(completed=False)
            self.session = quick_session(
                [SlowOutput()], open_source, cast=Cast(voice, StillFace(), viewport=SMALL), reads_ahead=True
            )

    async def story(world: World) -> None:
        world.session.enqueue(str(text))
        await world.until(lambda: world.session.state.status is Status.OPENING)
        await world.press("f1")
        await world.until(lambda: "Keys, and in brackets" in world.shown())
        await world.press("escape", "c")
        await world.until(lambda: "Colours: narrator-light." in world.lines)
        voice.given_up.set()
        await world.until(lambda: any("it was stuck" in line and "--voice espeak" in line for line in faults(world)))
        await world.until(lambda: world.session.state.sentence.startswith("This one does not"))

    try:
        StuckWorld().run(story)
    finally:
        voice.given_up.set()


def test_without_a_camera_it_says_why_and_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    from narrator.outputs import camera_state
    from narrator.outputs.camera_state import CameraState

    absent = CameraState(False, "the driver v4l2loopback is not installed", "sudo apt-get install v4l2loopback-dkms")
    monkeypatch.setattr(camera_state, "camera_state", lambda: absent)

    async def story(world: World) -> None:
        await reading(world)
        await world.press("f3")
        await world.until(lambda: any(row.kind == "camera" and row.is_mounted for row in world.panel.query(OutputRow)))
        row = next(row for row in world.panel.query(OutputRow) if row.kind == "camera")
        assert row._words() == f"cannot be had: {absent.detail}. What helps: {absent.mend}"
        assert row.query("Button").first().disabled
        world.panel.conductor.ask("open", {"target": "camera"})
        await world.until(lambda: any("apt-get install" in line for line in faults(world)))
        assert world.session.state.status is Status.SPEAKING

    World().run(story, (120, 50))


@pytest.mark.parametrize("text", ["x" * 1_000_000, "All work and no play. " * 240_000], ids=["1 MB, no space", "5 MB"])
def test_a_paste_of_megabytes_into_the_page_is_read(text: str) -> None:
    async def story(world: World) -> None:
        from textual.events import Paste

        world.panel.post_message(Paste(text))
        await world.until(lambda: any(f"Added {len(text):,} characters" in line for line in world.lines))
        await world.until(lambda: world.session.state.word != "")
        await world.press("space")
        await world.until(lambda: world.session.state.status is Status.PAUSED)
        await world.until(lambda: "Paused at" in world.shown())

    World().run(story)


def test_a_paste_of_five_megabytes_into_a_line_is_cut_and_said() -> None:
    async def story(world: World) -> None:
        from textual.events import Paste

        await world.press("t")
        world.panel.post_message(Paste("All work and no play. " * 240_000))
        await world.until(lambda: any("A line holds 4,000 characters" in line for line in faults(world)))
        await world.press("enter")
        await world.until(lambda: "All work" in world.session.state.sentence)

    World().run(story)


def test_a_narration_that_is_killed_is_told_and_leaves_the_panel(runtime_folder: Path) -> None:
    real = RealWorld()

    async def story(world: World) -> None:
        os.kill(real.held[0]._process.pid, signal.SIGKILL)
        await world.until(lambda: any("The narration has ended" in line for line in world.lines))
        await world.press("c")
        await world.until(lambda: "Colours: narrator-light." in world.lines)

    real.run(story)


def test_what_is_wished_before_the_narration_is_open_is_done_once_it_is() -> None:
    may_open = threading.Event()

    class SlowlyOpened(World):
        def _open(self) -> NarrationHere:
            may_open.wait(60.0)
            return super()._open()

        def run(self, story: Callable[[World], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
            async def told() -> None:
                async with self.panel.run_test(size=size) as self.pilot:
                    await story(self)

            asyncio.run(told())

    async def story(world: World) -> None:
        await add(world, "book")
        assert world.session.state.status is Status.IDLE
        may_open.set()
        await world.until(lambda: world.session.state.source == "book")
        assert faults(world) == []

    world = SlowlyOpened()
    try:
        world.run(story)
    finally:
        may_open.set()
        world.close()
