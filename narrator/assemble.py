"""Settings and names in, working parts out: the only file that knows every concrete part."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator.errors import FaceError, VoiceError

if TYPE_CHECKING:
    from pathlib import Path

    from narrator.doctor import Finding
    from narrator.flow import Block, Delivery, Passage, Sentence, Viewport
    from narrator.session import Session
    from narrator.session import State as State
    from narrator.settings import Settings
    from narrator.stages import Face, Output, Performance, Voice

_log = logging.getLogger(__name__)

STILL = "still"
SILENT = "silent"
ESPEAK = "espeak"
SYSTEM = "system"
WINDOW = "window"
NONE = "none"
FILM_SUFFIX = ".mp4"
CLIPBOARDS = ("clipboard", "selection")


@dataclass(frozen=True, slots=True)
class Request:
    """What one command is to read, with what only that command knows."""

    sources: tuple[str, ...]
    text: str | None = None
    """Text given on the command line; sources then holds what it is called."""
    password: str | None = None


def delivery(settings: Settings) -> Delivery:
    """How things are said."""
    from narrator.flow import Delivery

    return Delivery(
        rate_wpm=settings.rate,
        exaggeration=settings.exaggeration,
        reduced_motion=settings.reduced_motion,
        liveliness=settings.liveliness,
        seed=settings.seed,
    )


def viewport(settings: Settings) -> Viewport:
    """How the picture is cut."""
    from narrator.flow import Viewport

    return Viewport(settings.width, settings.height, settings.fps, settings.framing)


def passage(source: str, request: Request, settings: Settings) -> Passage:
    """What the source says. Raises SourceError."""
    from readers.open_source import open_source

    found = open_source(source, password=request.password, text=request.text, time_limit_s=settings.fetch_time_limit_s)
    return found if found.language else replace(found, language=settings.language)


def watch(source: str) -> Iterator[Passage]:
    """A passage each time something new is copied. Raises SourceRefused where the desktop does not allow it."""
    from readers.clipboard import watch as watch_clipboard

    return watch_clipboard(source)


def blocks_as_read(read: Passage) -> tuple[str, Iterator[Block]]:
    """The title, where it is announced, and the blocks that follow it."""
    from narrator.sentences import with_title

    return with_title(read)


def sentences(read: Passage, settings: Settings) -> Iterator[Sentence]:
    """What is spoken of it, breath by breath."""
    from narrator.sentences import sentences as split

    return split(read, announce_lists=settings.announce_lists)


def voice(name: str) -> Voice:
    """The voice of that name: espeak or one of its voices, system or system:VOICE, silent. Raises VoiceError."""
    kind, _, which = name.partition(":")
    if kind == SILENT:
        from narrator.speech.silent_voice import SilentVoice

        return SilentVoice()
    if kind == SYSTEM:
        from narrator.speech.system_voice import SystemVoice

        return SystemVoice(which)
    from narrator.speech.espeak_voice import EspeakVoice

    return EspeakVoice("" if name == ESPEAK else name)


def voices() -> Iterator[tuple[str, str, str]]:
    """Name, language and description of every voice there is; the name is what --voice takes."""
    from narrator.speech.espeak_voice import list_voices

    yield ESPEAK, "", "espeak-ng, the language of each text by itself (the default)"
    yield SYSTEM, "", "the system's own voice, through pyttsx3"
    yield SILENT, "", "no sound: the face alone"
    for found in list_voices():
        yield found.name, found.language, f"espeak-ng: {found.description}"
    from narrator.speech.system_voice import list_system_voices

    try:
        of_system = list_system_voices()
    except VoiceError as fault:
        _log.warning("the system's voices cannot be listed: %s", fault)
        return
    for found in of_system:
        yield found.name, found.language, f"the system's: {found.description}"


def face(name: str) -> Face:
    """The face of that name; the first built-in one for an empty name. Raises FaceError."""
    if name == STILL:
        from avatar.still_face import StillFace

        return StillFace()
    from avatar.performer import Performer
    from avatar.presenters.library import DEFAULT

    return Performer(name or DEFAULT)


def presenters() -> list[tuple[str, str]]:
    """Name and title of every presenter, the default first."""
    from avatar.presenters.library import DEFAULT, presenter, presenter_names

    return [(name, presenter(name).title) for name in sorted(presenter_names(), key=lambda name: name != DEFAULT)]


def outputs(targets: Sequence[str], settings: Settings) -> list[Output]:
    """The outputs named: window, none, or a film's file name; the window when none is named. Raises OutputError."""
    from narrator.outputs.window_platform import window_platform

    wanted = list(dict.fromkeys(targets or [WINDOW]))
    if wanted == [WINDOW]:
        window_platform(os.environ)
    return [_output(target, settings) for target in wanted]


def is_film(target: str) -> bool:
    """Whether the target names a film to write."""
    return target.lower().endswith(FILM_SUFFIX)


def session(request: Request, targets: Sequence[str], settings: Settings) -> Session:
    """A session with all its parts; nothing is read yet. Close it."""
    from narrator.session import Cast, Session

    shown = face(settings.presenter)
    speaker = voice(settings.voice)
    made = outputs(targets, settings)
    _start_early(speaker)
    cast = Cast(speaker, shown, delivery(settings), viewport(settings))
    return Session(
        cast,
        made,
        open_source=lambda source: passage(source, request, settings),
        split=lambda read: sentences(read, settings),
        reads_ahead=any(is_film(target) for target in targets),
    )


def timed_speech(request: Request, settings: Settings) -> Iterator[tuple[str, str, float, float]]:
    """("phone" or "word", what, start, duration) of everything said, seconds since its first sample."""
    from narrator.flow import Phone
    from narrator.rehearsal import timed_speech as timed

    for one in timed(_rehearsed(request, settings, face(STILL))):
        kind, what = ("phone", one.ipa) if isinstance(one, Phone) else ("word", one.text)
        yield kind, what, one.start_s, one.duration_s


def motion(request: Request, settings: Settings) -> Iterator[dict[str, float | str]]:
    """What a ruler laid on the drawn face reads in each video frame, with its time and the sound of that moment."""
    from avatar.performer import FacePerformance, Performer
    from avatar.render.measure import Ruler
    from narrator.captions import CaptionedPerformance
    from narrator.rehearsal import film_frames

    performer = face(settings.presenter)
    if not isinstance(performer, Performer):
        raise FaceError("a face that moves", f'"{settings.presenter}" stands still', "Choose another --presenter.")
    ruler = Ruler(performer.presenter)
    for time_s, performance, moment_s in film_frames(_rehearsed(request, settings, performer), settings.fps):
        drawn = performance.drawn if isinstance(performance, CaptionedPerformance) else performance
        if isinstance(drawn, FacePerformance):
            frame = drawn.track.at(moment_s)
            yield {"time_s": time_s, "phone": frame.phone, **ruler.read(frame)}


def examine(film: Path | None) -> Iterator[Finding]:
    """What works on this machine, and of the film where one is given."""
    from narrator import doctor

    if film is not None:
        yield doctor.examine_film(film)
    else:
        yield from doctor.examine()


def _rehearsed(request: Request, settings: Settings, shown: Face) -> Iterator[tuple[float, Performance]]:
    from narrator.rehearsal import rehearse
    from narrator.session import Cast

    speaker = voice(settings.voice)
    try:
        cast = Cast(speaker, shown, delivery(settings), viewport(settings))
        for source in request.sources:
            yield from rehearse(sentences(passage(source, request, settings), settings), cast)
    finally:
        speaker.close()


def _start_early(speaker: Voice) -> None:
    """A voice with an engine of its own starts it while the rest is put together."""
    start = getattr(speaker, "start", None)
    if start is not None:
        start()


def _output(target: str, settings: Settings) -> Output:
    if target == NONE:
        from narrator.outputs.memory import MemoryOutput

        return MemoryOutput()
    if target == WINDOW:
        from narrator.outputs.window import Window

        window = Window(sound_offset_s=settings.audio_offset_ms / 1000, caption_scale=settings.caption_size)
        window.load()
        return window
    from narrator.outputs.video_file import VideoFile

    return VideoFile(target, caption_scale=settings.caption_size)
