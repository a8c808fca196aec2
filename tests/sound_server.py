"""A folder in, a PulseAudio of one's own with a loudspeaker that nobody hears out: the environment that reaches it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop import require


@contextmanager
def sound_server(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a sound server of its own, with a sink that is the default one."""
    require("pulseaudio", "pactl", "parec")
    socket = folder / "pulse.socket"
    (folder / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PULSE")}
    environment |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": f"unix:{socket}"}
    modules = ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"]
    modules += ["-L", "module-null-sink sink_name=loudspeaker"]
    command = ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "--disable-shm=yes"]
    process = subprocess.Popen([*command, *modules], env=environment, stderr=subprocess.DEVNULL)
    try:
        until_s = time.monotonic() + 10
        while not socket.exists():
            assert time.monotonic() < until_s
            time.sleep(0.05)
        yield environment
    finally:
        process.terminate()
        process.wait(5)
