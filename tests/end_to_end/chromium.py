"""An address in, a page in headless Chromium out that can be asked, and typed to as a person would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"),
    "--autoplay-policy=no-user-gesture-required",
)
FROM_US, TO_US = 3, 4
"""The file descriptors on which Chromium reads and writes its protocol (DevTools, --remote-debugging-pipe)."""
LIMIT_S = 30.0
KEYS = {"Tab": 9, "Enter": 13, " ": 32}
"""Windows key codes, which the protocol wants."""
TYPED = {"Enter": "\r", " ": " "}


class Page:
    """One page; commands are answered one after the other."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._number = 0
        self._read = b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = ""
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    _session = ""

    def ask(self, method: str, **parameters: object) -> Any:
        """The answer to one command of the DevTools protocol."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, address: str) -> None:
        """Waits until it is loaded."""
        self.ask("Page.navigate", url=address)
        self.wait_for(f"document.readyState === 'complete' && location.href === {json.dumps(address)}")

    def value(self, script: str) -> Any:
        """What the script comes to, promises awaited."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait_for(self, script: str) -> None:
        """Until the script comes to something true."""
        deadline = time.monotonic() + LIMIT_S
        while not self.value(script):
            assert time.monotonic() < deadline, f"it never came: {script}"
            time.sleep(0.05)

    def press(self, key: str, *, shift: bool = False) -> None:
        """One key, as from a keyboard."""
        told = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
        told["modifiers"] = 8 if shift else 0
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=TYPED.get(key, ""), **told)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def type(self, words: str) -> None:
        """Letters, into what has the focus."""
        self.ask("Input.insertText", text=words)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            piece = os.read(self._answers, 1 << 16)
            assert piece, "Chromium has ended"
            self._read += piece
        line, _, self._read = self._read.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def chromium_page(folder: Path) -> Iterator[Page]:
    """A fresh browser with one empty page; the test is skipped where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: run scripts/set_up test")
    to_browser, from_browser = os.pipe(), os.pipe()
    moved = f'exec "$0" "$@" {FROM_US}<&{to_browser[0]} {TO_US}>&{from_browser[1]}'
    process = subprocess.Popen(
        ["/bin/bash", "-c", moved, chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}"],
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(to_browser[0], from_browser[1]),
        start_new_session=True,
    )
    os.close(to_browser[0])
    os.close(from_browser[1])
    try:
        yield Page(to_browser[1], from_browser[0])
    finally:
        os.killpg(process.pid, 9)
        process.wait()
        os.close(to_browser[1])
        os.close(from_browser[0])
