"""Command-line words in, an exit code out: 0 done, 1 it could not, 2 wrong usage, 130 stopped."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import io
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType

from narrator.matrix_threads import multiply_in_one_thread

DONE = 0
COULD_NOT = 1
STOPPED = 130
"""128 + SIGINT, as shells have it."""
TIDYING_LIMIT_S = 2.0
"""For threads that end their own child processes, and then for what libraries tidy."""
PATIENCE_S = 3.0
"""For closing outputs and removing half files; only after it does another Ctrl-C cut that short too."""
OURS = ("narrator", "avatar", "readers", "tui", "__main__")
"""The packages whose warnings are meant for people; a library's are not."""


def run() -> None:
    """The narrator program: one command, and the end of the process.

    A thread may still be inside a compiled library, warming up a face that is not needed any more. Python would end it
    there in a way that C++ answers with an abort (bugs.python.org/issue42969), so what is left to tidy is tidied here.
    """
    if sys.stderr is not None:
        _keep_standard_error()
        faulthandler.enable(all_threads=False)  # a crash in a compiled library is never a silent end
    multiply_in_one_thread()
    code = main()
    deadline_s = time.monotonic() + TIDYING_LIMIT_S
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.current_thread():
            thread.join(max(0.0, deadline_s - time.monotonic()))
    tidying = threading.Thread(target=atexit._run_exitfuncs, daemon=True)
    tidying.start()
    tidying.join(TIDYING_LIMIT_S)  # PortAudio waits for a sound server that hangs
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # whoever read it has gone
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command."""
    from narrator.errors import NarratorError

    _open_streams()
    interruption = _Interruption()
    try:
        from narrator.cli.arguments import parser

        options = parser().parse_args(arguments)
        _log_to_standard_error()
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:  # whoever read our output has enough: not a fault
        _drop_standard_output()
        return DONE
    except NarratorError as fault:
        return _stopped() if interruption.came else _failed(str(fault))
    except Exception as fault:
        if interruption.came:  # a library may have turned the interruption into a fault of its own
            return _stopped()
        if sys.flags.dev_mode:
            raise
        _drop_standard_output()
        return _failed(_unforeseen(fault))
    finally:
        interruption.end()


class _Interruption:
    """Ctrl-C, SIGTERM or the terminal's closing end a command alike: outputs closed, no half files."""

    def __init__(self) -> None:
        self._came_s = -math.inf
        self._heard: list[int] = []
        wanted = [(signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)]
        if hasattr(signal, "SIGHUP"):
            wanted.append((signal.SIGHUP, signal.SIG_DFL))
        for number, default in wanted:
            if signal.getsignal(number) is default:  # nohup, and shells for jobs in the background, have some ignored
                signal.signal(number, self._interrupt)
                self._heard.append(number)

    @property
    def came(self) -> bool:
        """Whether the command was asked to end."""
        return self._came_s > -math.inf

    def end(self) -> None:
        """From here on a signal ends the process at once and without a word: all is done."""
        for number in self._heard:
            signal.signal(number, signal.SIG_DFL)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        now_s = time.monotonic()
        if self.came and now_s < self._came_s + PATIENCE_S:
            return
        self._came_s = now_s
        raise KeyboardInterrupt


def _stopped() -> int:
    _tell("stopped")
    return STOPPED


def _failed(line: str) -> int:
    _tell(line)
    return COULD_NOT


def _tell(line: str) -> None:
    with contextlib.suppress(OSError):  # a terminal that is gone, a full disk: there is nobody to tell
        print(f"narrator: {line}", file=sys.stderr)


def _unforeseen(fault: Exception) -> str:
    """What no part of ours named, in the words of errors.py."""
    from narrator.errors import NarratorError

    came = " ".join(f"{type(fault).__name__}: {fault}".split())
    if isinstance(fault, OSError):
        next_step = "Check the disk and the permissions, then run the command again."
        return str(NarratorError("every file and folder to do its part", came, next_step))
    next_step = "Please report it, with what the same command prints after: python -X dev -m narrator"
    return str(NarratorError("no fault of narrator's own", came, next_step))


def _keep_standard_error() -> None:
    """A descriptor of its own: while PortAudio looks for devices, sounddevice has the usual one lead nowhere."""
    with contextlib.suppress(OSError, ValueError):  # it may have no file behind it
        own = os.dup(sys.stderr.fileno())
        sys.stderr = open(own, "w", encoding=sys.stderr.encoding, errors=sys.stderr.errors, buffering=1)  # noqa: SIM115


def _open_streams() -> None:
    """Streams that were closed lead nowhere; letters that an encoding lacks are spelt out instead of failing."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
        elif name == "stdout" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_standard_output() -> None:
    """What is still waiting to be written would fail again when Python ends."""
    with contextlib.suppress(OSError, ValueError):  # it may have no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log_to_standard_error() -> None:
    """What our own parts have to say besides their results, a line each."""
    import logging

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("narrator: %(message)s"))
    handler.addFilter(lambda record: record.name.partition(".")[0] in OURS)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
