"""A command line in; its output and exit code out, within a limit of bytes and seconds."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from narrator.errors import SourceMissing, SourceRefused, SourceTimeout


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended."""

    output: bytes
    code: int


def run_limited(
    command: list[str], bytes_max: int, time_limit_s: float, what: str, environment: Mapping[str, str] | None = None
) -> CommandResult:
    """Runs it and waits; what names its output in messages. Raises SourceTimeout, SourceRefused or SourceMissing."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
    except OSError as error:
        raise SourceMissing(
            f"{command[0]} to read {what} with", f"it cannot be run ({error.strerror})", "Install it."
        ) from error
    read: list[bytes] = []
    stream = process.stdout
    assert stream is not None  # PIPE was asked for
    # A thread reads, since pipes cannot be waited for with a time limit on Windows.
    reader = threading.Thread(target=lambda: read.append(stream.read(bytes_max + 1)), daemon=True)
    reader.start()
    reader.join(time_limit_s)
    try:
        if reader.is_alive():
            raise SourceTimeout(
                f"{what} within {time_limit_s:g} s", "the program that holds it does not answer", "Copy it again."
            )
        if not read or len(read[0]) > bytes_max:
            raise SourceRefused(f"at most {bytes_max // (1024 * 1024)} MB", f"{what} holds more", "Copy a part of it.")
        return CommandResult(read[0], _exit_code(process, time_limit_s))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join()
        stream.close()


def _exit_code(process: subprocess.Popen[bytes], time_limit_s: float) -> int:
    try:
        return process.wait(time_limit_s)
    except subprocess.TimeoutExpired:
        return -1
