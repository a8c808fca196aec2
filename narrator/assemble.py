"""Settings and names in, working parts out: the only file that knows every concrete part."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator import settings as settings_module
from narrator.assemble_delivery import check_motion as check_motion
from narrator.assemble_delivery import delivery as delivery
from narrator.assemble_delivery import motion_end_s as motion_end_s
from narrator.assemble_outputs import CAMERA as CAMERA
from narrator.assemble_outputs import FILM_SUFFIX as FILM_SUFFIX
from narrator.assemble_outputs import LIVE as LIVE
from narrator.assemble_outputs import NONE as NONE
from narrator.assemble_outputs import TERMINAL as TERMINAL
from narrator.assemble_outputs import WINDOW as WINDOW
from narrator.assemble_outputs import film_signer as film_signer
from narrator.assemble_outputs import is_film as is_film
from narrator.assemble_outputs import output_states as output_states
from narrator.assemble_outputs import outputs as outputs
from narrator.assemble_outputs import preview as preview
from narrator.errors import FaceError, VoiceError

if TYPE_CHECKING:
    from pathlib import Path

    from narrator.doctor import Finding
    from narrator.flow import Block, Passage, Sentence, Viewport
    from narrator.session import Session as Session
    from narrator.session import State as State
    from narrator.session_places import KeepPlaces
    from narrator.settings import Settings
    from narrator.stages import Face, Output, Performance, Voice

_log = logging.getLogger(__name__)

STILL = "still"
SILENT = "silent"
ESPEAK = "espeak"
SYSTEM = "system"
TYPED = "what was typed"
CLIPBOARDS = ("clipboard", "selection")


@dataclass(frozen=True, slots=True)
class Request:
    """What one command is to read, with what only that command knows."""

    sources: tuple[str, ...]
    text: str | None = None
    """Text given on the command line; sources then holds what it is called."""
    password: str | None = None


def viewport(settings: Settings) -> Viewport:
    """How the picture is cut and what stands behind the person. Raises SettingError for what is no background."""
    from narrator.flow import Viewport

    if settings.background != settings_module.default("background"):
        from avatar.render.background import check

        check(settings.background)
    size = (settings.width, settings.height, settings.fps)
    return Viewport(*size, settings.framing, settings.background, settings.distance)


def passage(source: str, request: Request, settings: Settings) -> Passage:
    """What the source says; one that the request does not name comes without its text and password. SourceError."""
    from readers.open_source import open_source

    request = request if source in request.sources else Request((source,))
    found = open_source(source, password=request.password, text=request.text, time_limit_s=settings.fetch_time_limit_s)
    return found if found.language else replace(found, language=settings.language)


def typed(line: str, settings: Settings) -> Passage:
    """What a person has just typed, to be said as it stands."""
    from narrator.flow import Block, BlockKind, Passage

    return Passage(TYPED, "", settings.language, (Block(BlockKind.PARAGRAPH, line),))


def recording_suffixes() -> tuple[str, ...]:
    """The endings of sound files that are played."""
    from readers.recording import SUFFIXES

    return SUFFIXES


def suffixes() -> tuple[str, ...]:
    """The endings of all files that are read."""
    from readers import markdown, plain_text, web_page

    return (".pdf", *web_page.SUFFIXES, *markdown.SUFFIXES, *plain_text.SUFFIXES, *recording_suffixes())


def watch(source: str) -> Iterator[Passage]:
    """A passage each time something new is copied. Raises SourceRefused where the desktop does not allow it."""
    from readers.clipboard import watch as watch_clipboard

    return watch_clipboard(source)


def blocks_as_read(read: Passage) -> tuple[str, Iterator[Block]]:
    """The title, where it is announced, and the blocks that follow it."""
    from narrator.sentences import with_title

    return with_title(read)


def words_of(block: Block) -> str:
    """What is read of the block, or how much sound is played instead."""
    sound = block.recording
    return block.text or (f"({sound.duration_s:.1f} s of sound, from {sound.start_s:.1f} s)" if sound else "")


def sentences(read: Passage, settings: Settings) -> Iterator[Sentence]:
    """What is spoken of it, breath by breath."""
    from narrator.sentences import sentences as split

    return split(read, announce_lists=settings.announce_lists)


def voice(name: str) -> Voice:
    """The voice of that name: espeak or one of its voices, system or system:VOICE, silent. Raises VoiceError."""
    from narrator.speech.recorded_voice import RecordedVoice

    return RecordedVoice(_spoken_by(name))


def _spoken_by(name: str) -> Voice:
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


def face(name: str, lip_colour: str = "mid-strong", *, on_a_card: bool = False) -> Face:
    """The face of that name, the first for an empty name, drawn on a card if there is one. Raises FaceError."""
    if name == STILL:
        from avatar.still_face import StillFace

        return StillFace()
    from avatar.performer import Performer
    from avatar.presenters.library import DEFAULT

    return Performer(name or DEFAULT, lip_colour, on_a_card=on_a_card)


def graphics_card() -> bool:
    """Whether films can be drawn on one here."""
    from avatar.performer import graphics_card as found

    return found() is not None


def session(
    request: Request,
    targets: Sequence[str],
    settings: Settings,
    keep_places: KeepPlaces | None = None,
    *,
    beside: Sequence[Output] = (),
    reads_ahead: bool = False,
    shown: Face | None = None,
) -> Session:
    """A session with all its parts, reading nothing yet; without keep_places all begins at its start. Close it.

    beside: outputs that were made elsewhere; with them, no targets need be named. shown: a face that was.
    """
    _log.info("motion by %s, seed %d", settings.motion, settings.seed)
    check_motion(settings.motion)
    view = viewport(settings)
    is_on_a_card = settings.graphics_card and bool(targets) and all(map(is_film, targets))
    shown = shown or face(settings.presenter, settings.lip_colour, on_a_card=is_on_a_card)
    speaker = voice(settings.voice)
    _start_early(speaker)  # both make themselves ready while what follows is imported
    from narrator.session import Cast, Session

    cast = Cast(speaker, shown, delivery(settings), view)
    is_named = bool(targets) or not beside
    named = outputs(targets, settings, shown.drawn_at_once, made_from=cast.made_from) if is_named else []
    return Session(
        cast,
        [*named, *beside],
        open_source=lambda source: passage(source, request, settings),
        split=lambda read: sentences(read, settings),
        reads_ahead=reads_ahead or any(is_film(target) for target in targets),
        keep_places=keep_places,
    )


def timed_speech(request: Request, settings: Settings) -> Iterator[tuple[str, str, float, float]]:
    """("phone" or "word", what, start, duration) of everything said, seconds since its first sample."""
    from narrator.flow import Phone
    from narrator.rehearsal import timed_speech as timed

    for one in timed(_rehearsed(request, settings, face(STILL))):
        kind, what = ("phone", one.ipa) if isinstance(one, Phone) else ("word", one.text)
        yield kind, what, one.start_s, one.duration_s


def motion(request: Request, settings: Settings) -> Iterator[dict[str, float | str]]:
    """What a ruler laid on the drawn face reads in each video frame, with its time, its sound and what was asked."""
    from avatar.motion.saved import asked
    from avatar.performer import FacePerformance, Performer
    from avatar.render.measure import Ruler
    from narrator.captions import CaptionedPerformance
    from narrator.rehearsal import film_frames

    check_motion(settings.motion)
    performer = face(settings.presenter)
    if not isinstance(performer, Performer):
        raise FaceError("a face that moves", f'"{settings.presenter}" stands still', "Choose another --presenter.")
    ruler = Ruler(performer.presenter)
    for time_s, performance, moment_s in film_frames(_rehearsed(request, settings, performer), settings.fps):
        drawn = performance.drawn if isinstance(performance, CaptionedPerformance) else performance
        if isinstance(drawn, FacePerformance):
            frame = drawn.track.at(moment_s)
            yield {"time_s": time_s, "phone": frame.phone, **ruler.read(frame), **asked(frame.values)}


def examine(film: Path | None) -> Iterator[Finding]:
    """What works on this machine, and of the film where one is given."""
    from narrator import doctor

    if film is not None:
        yield from doctor.examine_film(film)
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
