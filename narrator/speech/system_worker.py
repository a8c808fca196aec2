"""One text in as JSON on stdin, one WAV file out: pyttsx3 for a single utterance, then it ends.

One process per utterance, since pyttsx3 hangs on a second one on macOS, loses it on Windows, and keeps writing to the
first file everywhere. The answer on stdout is JSON: {} or {"error": ...}, or {"voices": [[id, name, language], ...]}.
"""

import ctypes
import json
import os
import sys
import time
from typing import Any

_WAV_HEADER_BYTES = 44
_POLL_S = 0.005
_SET_TRIES = 40
_SETTLED_S = 0.03


def main() -> None:
    """Reads the request, answers it, and leaves without pyttsx3's clean-up, which hangs on some systems."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # pyttsx3 prints
    request = json.load(sys.stdin)
    try:
        answer = _answer(request)
    except Exception as fault:  # noqa: BLE001 - whatever a driver throws is reported to the parent, which decides
        answer = {"error": f"{type(fault).__name__}: {fault}"}
    answers.write(json.dumps(answer))
    answers.flush()
    os._exit(0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    if sys.platform.startswith("linux") and request.get("library"):
        # pyttsx3 loads libespeak-ng.so.1 by name: one that is loaded already is found without being installed.
        os.environ["ESPEAK_DATA_PATH"] = request["data"]
        ctypes.CDLL(request["library"], ctypes.RTLD_GLOBAL)
    import pyttsx3

    engine = pyttsx3.init()
    voices = [(voice.id, voice.name, _language(voice)) for voice in engine.getProperty("voices")]
    if "path" not in request:
        return {"voices": voices}
    voice = _choose(voices, request["voice"], request["language"], str(engine.getProperty("voice") or ""))
    if voice is None:
        return {"error": "voice"}
    if voice:
        _set(engine, "voice", voice)
    _set(engine, "rate", request["rate_wpm"])
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    _wait_until_written(request["path"], request["wait_s"])
    return {}


def _set(engine: Any, name: str, value: object) -> None:
    """Sets a property until it is seen to be set: espeak's own queue now and then loses one on a busy machine."""
    for _ in range(_SET_TRIES):
        engine.setProperty(name, value)
        if str(engine.getProperty(name)).lower() == str(value).lower():
            return
        time.sleep(_POLL_S)


def _wait_until_written(path: str, limit_s: float) -> None:
    """runAndWait may return while the engine's own thread still speaks: wait until the file has stopped growing."""
    end = time.monotonic() + limit_s
    size, since = -1, time.monotonic()
    while time.monotonic() < end:
        now_size = os.path.getsize(path) if os.path.exists(path) else -1
        if now_size != size:
            size, since = now_size, time.monotonic()
        elif size > _WAV_HEADER_BYTES and time.monotonic() - since >= _SETTLED_S:
            return
        time.sleep(_POLL_S)


def _language(voice: Any) -> str:
    """The voice's first language as a BCP 47 tag; drivers give text, bytes with a priority byte, or nothing."""
    languages = list(voice.languages or [])
    if languages:
        first = languages[0]
        text = first.decode("utf-8", "ignore") if isinstance(first, bytes) else str(first)
        return text.strip("\0\x01\x02\x05").replace("_", "-").lower()
    return ""


def _choose(voices: list[tuple[str, str, str]], wanted: str, language: str, current: str) -> str | None:
    """The id of the voice wanted by id or name, else of one for the language, else "" (the system's own).

    None: the wanted one is absent.
    """
    if wanted:
        low = wanted.lower()
        exact = [v[0] for v in voices if low in (v[0].lower(), v[1].lower())]
        near = [v[0] for v in voices if low in v[1].lower() or v[0].lower().endswith(low)]
        return next(iter(exact + near), None)
    tag = language.replace("_", "-").lower()
    tags = {voice[0]: {voice[2], voice[0].split("/")[-1].lower()} for voice in voices}
    for candidate in (tag, tag.split("-")[0]):
        speaking = [identifier for identifier, own in tags.items() if candidate in own]
        speaking += [i for i, own in tags.items() if candidate in {t.split("-")[0] for t in own}]
        if candidate and speaking:
            return "" if current in speaking else speaking[0]
    return ""


if __name__ == "__main__":
    main()
