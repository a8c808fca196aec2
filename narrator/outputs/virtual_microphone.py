"""Nothing in, a microphone that meetings can choose and that hears what narrator says out.

On Linux a sink that leads nowhere is made in PulseAudio or PipeWire, and a source from what is played into it: browsers
hide a sink's plain monitor, so the source has a name of its own. Elsewhere a driver has to be installed (doctor says
which).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

SINK, SOURCE = "narrator", "narrator_microphone"
LABEL = "Narrator"
LIMIT_S = 5.0
CHOOSE = f"Microphone: {LABEL}. Choose it in your meeting."
NO_TOOL = "The sound goes to the loudspeaker. For a microphone in meetings: sudo apt-get install -y pulseaudio-utils"
NO_SERVER = "The sound goes to the loudspeaker: no PulseAudio or PipeWire runs that could pass it on to a meeting."
ELSEWHERE = {
    "win32": "Install VB-CABLE; choose CABLE Input as the system's output, CABLE Output as the meeting's microphone.",
    "darwin": "Install BlackHole 2ch and choose it as the system's output and as the meeting's microphone.",
}


class VirtualMicrophone:
    """There while it is open."""

    def __init__(self) -> None:
        self._modules: list[str] = []
        self.is_open = False

    def open(self, notify: Callable[[str], None]) -> None:
        """Makes it; where that cannot be, notify is told what to do and the sound stays the loudspeaker's."""
        if sys.platform in ELSEWHERE:
            notify(ELSEWHERE[sys.platform])
            return
        if shutil.which("pactl") is None:
            notify(NO_TOOL)
            return
        sinks = _pactl("list", "short", "sinks")
        if sinks is None:
            notify(NO_SERVER)
            return
        if f"\t{SINK}\t" not in sinks:
            self._load("module-null-sink", f"sink_name={SINK}", f"sink_properties=device.description={LABEL}")
        if f"\t{SOURCE}\t" not in (_pactl("list", "short", "sources") or ""):
            properties = f"source_properties=device.description={LABEL}"
            self._load("module-remap-source", f"master={SINK}.monitor", f"source_name={SOURCE}", properties)
        self.is_open = f"\t{SOURCE}\t" in (_pactl("list", "short", "sources") or "")
        notify(CHOOSE if self.is_open else NO_SERVER)

    @contextlib.contextmanager
    def as_default(self) -> Iterator[None]:
        """Sound devices opened meanwhile, by this process, play into it."""
        before = os.environ.get("PULSE_SINK")
        if self.is_open:
            os.environ["PULSE_SINK"] = SINK
        try:
            yield
        finally:
            if before is None:
                os.environ.pop("PULSE_SINK", None)
            else:
                os.environ["PULSE_SINK"] = before

    def close(self) -> None:
        """Takes away what open() made."""
        while self._modules:
            _pactl("unload-module", self._modules.pop())
        self.is_open = False

    def _load(self, *words: str) -> None:
        number = _pactl("load-module", *words)
        if number is not None:
            self._modules.append(number.strip())


def microphone_state() -> tuple[bool, str, str]:
    """(whether one can be made, what was found, what to do); makes none."""
    if sys.platform in ELSEWHERE:
        return False, "a driver has to be installed by hand", ELSEWHERE[sys.platform]
    if shutil.which("pactl") is None:
        return False, "the program pactl is not installed", "sudo apt-get install -y pulseaudio-utils"
    if _pactl("info") is None:
        return False, "no PulseAudio or PipeWire runs", "Log in to a desktop, or run: pulseaudio --start"
    return True, "made in the sound server while narrator speaks to the camera", ""


def _pactl(*words: str) -> str | None:
    """What it answered; None where no sound server did."""
    try:
        done = subprocess.run(["pactl", *words], capture_output=True, text=True, timeout=LIMIT_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
