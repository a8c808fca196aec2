"""This machine in, what works on it out: one finding each, with the line that mends what does not."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from narrator.errors import NarratorError

LIBRARIES = {
    "av": "av",
    "bs4": "beautifulsoup4",
    "c2pa": "c2pa-python",
    "cryptography": "cryptography",
    "cv2": "opencv-python-headless",
    "espeakng_loader": "espeakng-loader",
    "httpx": "httpx",
    "lxml": "lxml",
    "numba": "numba",
    "numpy": "numpy",
    "pdfminer": "pdfminer.six",
    "pocketsphinx": "pocketsphinx",
    "pypdf": "pypdf",
    "pyttsx3": "pyttsx3",
    "rich": "rich",
    "tomlkit": "tomlkit",
    "trafilatura": "trafilatura",
}
"""Import name -> what pip calls it. PySide6 and sounddevice have checks of their own."""
CODECS = ("libx264", "aac", "mov_text")
"""Picture, sound and captions of a film."""
OPEN_A_WINDOW = "from PySide6.QtGui import QGuiApplication as A; print(A(['narrator']).platformName())"
WINDOW_LIMIT_S = 15.0
SILENCE_LINE = "Connect a sound device; until then films have sound and the window runs on the wall clock."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    works: bool
    detail: str
    """What was found, in a few words."""
    mend: str = ""
    """The line that mends it; empty where nothing is broken."""
    needed: bool = True
    """False for what narrator can do without."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """The same for programs, where a line is not enough."""


def examine() -> Iterator[Finding]:
    """Looks at one thing after the other; takes a few seconds."""
    for check in (_python, _libraries, _voice, _system_voice, _alignment, _presenter, _codecs, _font):
        yield check()
    for check in (_sound, _display, _camera, _microphone, _clipboard, _screen_reader, _settings):
        yield check()


def examine_film(path: Path) -> Iterator[Finding]:
    """Whether the file is a film that plays, with what in it; then what its Content Credentials say."""
    import av

    try:
        with av.open(str(path)) as film:
            kinds = [f"{stream.type} {stream.codec_context.name}" for stream in film.streams if stream.codec_context]
            seconds = (film.duration or 0) / av.time_base
            frames = sum(1 for _ in film.decode(video=0)) if film.streams.video else 0
    except (av.FFmpegError, OSError) as fault:
        yield Finding(f"film {path}", False, f"it cannot be played ({fault})", "Export it again with: narrator read")
        return
    if not frames:
        yield Finding(f"film {path}", False, "it holds no picture", "Export it again with: narrator read")
        return
    beside = "with" if path.with_suffix(".vtt").exists() else "without"
    detail = f"{seconds:.1f} s, {frames} pictures, {', '.join(kinds)}, {beside} a .vtt beside it"
    yield Finding(f"film {path}", True, detail)
    yield _credentials(path)


def _credentials(film: Path) -> Finding:
    from dataclasses import asdict

    from narrator.credentials.film_reading import State, read_credentials
    from narrator.credentials.signing_key import key_folder

    try:
        read = read_credentials(film, key_folder())
    except OSError as fault:
        mend = f"{sys.executable} -m pip install c2pa-python"
        return Finding("credentials", False, str(fault), mend, needed=False)
    mend = "Do not trust what it says; ask for the film again." if read.state is State.TAMPERED else ""
    is_valid = read.state is State.VALID
    return Finding("credentials", is_valid, read.in_plain_words, mend, read.state is State.TAMPERED, asdict(read))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] < (3, 13)
    return Finding("Python", fits, version, "" if fits else "Install Python 3.11 or 3.12 and narrator into it.")


def _libraries() -> Finding:
    faults = {package: fault for module, package in LIBRARIES.items() if (fault := _import_fault(module))}
    if not faults:
        return Finding("libraries", True, f"all {len(LIBRARIES)} load")
    detail = "; ".join(f"{package}: {fault}" for package, fault in faults.items())
    return Finding("libraries", False, detail, f"{sys.executable} -m pip install {' '.join(faults)}")


def _import_fault(module: str) -> str:
    try:
        importlib.import_module(module)
    except (ImportError, OSError) as fault:
        return " ".join(str(fault).split())
    return ""


def _voice() -> Finding:
    from narrator.speech.espeak_voice import EspeakVoice

    mend = f"{sys.executable} -m pip install --force-reinstall espeakng-loader"
    return _spoken("voice espeak", EspeakVoice(), mend, needed=True)


def _system_voice() -> Finding:
    from narrator.speech.system_voice import SystemVoice

    return _spoken("voice system", SystemVoice(), "Use the built-in voice: --voice espeak", needed=False)


def _spoken(name: str, voice: object, mend: str, *, needed: bool) -> Finding:
    from narrator.flow import Delivery, Sentence
    from narrator.stages import Voice

    speaker: Voice = voice  # type: ignore[assignment]
    try:
        utterance = speaker.speak(Sentence("Hello.", "en"), Delivery())
    except (NarratorError, OSError) as fault:
        return Finding(name, False, str(fault), mend, needed)
    finally:
        speaker.close()
    detail = f"{utterance.duration_s:.2f} s of sound, {len(utterance.phones)} phones for one word"
    return Finding(name, bool(utterance.samples.any()), detail, "" if utterance.samples.any() else mend, needed)


def _alignment() -> Finding:
    fault = _import_fault("pocketsphinx")
    mend = f"{sys.executable} -m pip install pocketsphinx"
    if fault:
        return Finding("phones of system voices", False, fault, mend, needed=False)
    from pocketsphinx import get_model_path

    has_model = Path(str(get_model_path()), "en-us").is_dir()
    detail = "pocketsphinx with its English model" if has_model else "pocketsphinx has no English model"
    return Finding("phones of system voices", has_model, detail, "" if has_model else mend, needed=False)


def _presenter() -> Finding:
    from narrator.presenters import everyone

    try:
        found = everyone()
    except NarratorError as fault:
        return Finding("presenters", False, str(fault), f"{sys.executable} -m pip install --force-reinstall narrator")
    return Finding("presenters", True, ", ".join(one.name for one in found))


def _codecs() -> Finding:
    mend = f"{sys.executable} -m pip install --force-reinstall av"
    try:
        import av

        missing = [name for name in CODECS if name not in av.codecs_available]
    except (ImportError, OSError) as fault:
        return Finding("film codecs", False, str(fault), mend)
    detail = f"{', '.join(missing)} missing" if missing else ", ".join(CODECS)
    return Finding("film codecs", not missing, detail, mend if missing else "")


def _font() -> Finding:
    from narrator.outputs.caption_font import CaptionFonts

    try:
        font = CaptionFonts(24).font_for("Aa")
    except (NarratorError, OSError, ImportError) as fault:
        return Finding("caption font", False, str(fault), "sudo apt-get install -y fonts-dejavu-core")
    return Finding("caption font", True, " ".join(map(str, getattr(font, "getname", lambda: ("built in",))())))


def _sound() -> Finding:
    try:
        import sounddevice

        device = sounddevice.query_devices(kind="output")
    except OSError as fault:
        line = "sudo apt-get install -y libportaudio2" if sys.platform == "linux" else "Reinstall sounddevice."
        return Finding("sound", False, str(fault), line, needed=False)
    except (ImportError, ValueError) as fault:
        return Finding("sound", False, str(fault), f"{sys.executable} -m pip install sounddevice", needed=False)
    except Exception as fault:  # noqa: BLE001 - PortAudioError cannot be named where the library does not load
        return Finding("sound", False, " ".join(str(fault).split()), SILENCE_LINE, needed=False)
    return Finding("sound", True, str(device["name"]), needed=False)


def _display() -> Finding:
    from narrator.outputs.window_platform import QT_PACKAGES, window_platform

    try:
        chosen = window_platform(os.environ)
    except NarratorError as fault:
        return Finding("window", False, fault.came, fault.next_step, needed=False)
    environment = os.environ | ({"QT_QPA_PLATFORM": chosen.qt_platform} if chosen.qt_platform else {})
    try:
        tried = subprocess.run(
            [sys.executable, "-c", OPEN_A_WINDOW],
            env=environment,
            capture_output=True,
            text=True,
            timeout=WINDOW_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding(
            "window", False, "the display does not answer", "Check DISPLAY and its permissions.", needed=False
        )
    if tried.returncode:
        why = next((line for line in tried.stderr.splitlines() if line.strip()), f"exit status {tried.returncode}")
        reinstall = f"{sys.executable} -m pip install PySide6-Essentials"
        line = f"sudo apt-get install -y {QT_PACKAGES}" if sys.platform == "linux" else reinstall
        return Finding("window", False, why.strip(), line, needed=False)
    platform = tried.stdout.strip()
    return Finding("window", True, f"opens on {platform}. {chosen.notice}".rstrip(), needed=False)


def _camera() -> Finding:
    from narrator.outputs.camera_state import camera_state

    state = camera_state()
    return Finding("camera", state.works, state.detail, state.mend, needed=False)


def _microphone() -> Finding:
    from narrator.outputs.virtual_microphone import microphone_state

    works, detail, mend = microphone_state()
    return Finding("microphone for meetings", works, detail, mend, needed=False)


def _clipboard() -> Finding:
    from readers.clipboard_access import desktop_of

    try:
        desktop = desktop_of(os.environ)
        desktop.require_tools()
    except NarratorError as fault:
        return Finding("clipboard", False, fault.came, fault.next_step, needed=False)
    return Finding("clipboard", True, type(desktop).__name__.removesuffix("Desktop"), needed=False)


def _screen_reader() -> Finding:
    from narrator.screen_reader import installing

    found = installing.status(installing.user_folders(os.environ))
    fault = next((one for one in found if not one.works), None)
    if fault is not None:
        return Finding("screen reader", False, fault.detail, fault.mend, needed=False)
    return Finding("screen reader", True, found[-1].detail, needed=False)


def _settings() -> Finding:
    from narrator import settings

    try:
        settings.load()
    except NarratorError as fault:
        return Finding("settings", False, str(fault), fault.next_step)
    return Finding("settings", True, str(settings.path()))
