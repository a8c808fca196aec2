"""A command in, a terminal of its own out: keys go in, and what it paints comes with the moment it was painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Terminal:
    """What a program writes is kept as bytes, unpainted: it is looked through, not looked at."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        """folder is where it runs; columns and rows are counted in letters."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        os.close(theirs)
        self._ours = ours
        self._arrived = threading.Condition()
        self._painted = bytearray()
        self._moments: list[tuple[int, float]] = []
        """(bytes painted so far, when) for each stretch that came."""
        threading.Thread(target=self._read, name="terminal", daemon=True).start()

    def press(self, keys: str) -> tuple[int, float]:
        """Sends them; (bytes painted before, when) for answered_s()."""
        with self._arrived:
            before = len(self._painted)
        sent_s = time.perf_counter()
        os.write(self._ours, keys.encode())
        return before, sent_s

    def answered_s(self, sent: tuple[int, float], words: str, limit_s: float = 10.0) -> float:
        """Seconds from those keys until the words were painted. Raises TimeoutError with what was painted last."""
        before, sent_s = sent
        wanted = words.encode()
        deadline = time.perf_counter() + limit_s
        with self._arrived:
            while (at := self._painted.find(wanted, before)) < 0:
                if not self._arrived.wait(deadline - time.perf_counter()) and time.perf_counter() > deadline:
                    raise TimeoutError(f"{words!r} was not painted; the last was {bytes(self._painted[-400:])!r}")
            end = at + len(wanted)
            return next(moment_s for count, moment_s in reversed(self._moments_from(end)) if count >= end) - sent_s

    def until(self, words: str, limit_s: float = 60.0) -> None:
        """Waits for words that may have been painted already."""
        self.answered_s((0, 0.0), words, limit_s)

    def processor_s(self) -> float:
        """Processor time of the whole process, without its children."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S

    def end(self) -> None:
        """Ends the program, and what it left running with it."""
        self.process.terminate()
        try:
            self.process.wait(10.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _moments_from(self, end: int) -> list[tuple[int, float]]:
        """Back to the stretch in which that byte came."""
        place = len(self._moments)
        while place and self._moments[place - 1][0] >= end:
            place -= 1
        return self._moments[place:]

    def _read(self) -> None:
        while True:
            try:
                select.select([self._ours], [], [])
                came = os.read(self._ours, 1 << 16)
            except OSError:  # the program has ended
                return
            if not came:
                return
            with self._arrived:
                self._painted += came
                self._moments.append((len(self._painted), time.perf_counter()))
                self._arrived.notify_all()
