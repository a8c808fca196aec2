"""Targets' names and settings in, outputs that can be opened out; a part of narrator/assemble.py."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from narrator import settings as settings_module
from narrator.errors import OutputError
from narrator.flow import TRANSPARENT

if TYPE_CHECKING:
    from pathlib import Path

    from narrator.flow import RgbImage, Viewport
    from narrator.made_from import MadeFrom
    from narrator.outputs.caption_style import CaptionStyle
    from narrator.settings import Settings
    from narrator.stages import Output

WINDOW = "window"
CAMERA = "camera"
TERMINAL = "terminal"
PLAIN_TERMINAL = "terminal:plain"
NONE = "none"
LIVE = (WINDOW, CAMERA, TERMINAL, PLAIN_TERMINAL)
FILM_SUFFIX = ".mp4"


def outputs(
    targets: Sequence[str], settings: Settings, drawn_at_once: int = 1, *, made_from: MadeFrom, is_heard: bool = False
) -> list[Output]:
    """The outputs named: one of LIVE, none, or a film's file name; the window when none is named. Raises OutputError.

    Of several that a person in the room would hear, the first has the sound; none where is_heard: another has it.
    made_from: what films say of themselves when they are whole.
    """
    from narrator.outputs.window_platform import window_platform

    wanted = list(dict.fromkeys(targets or [WINDOW]))
    if settings.background == TRANSPARENT and any(is_film(target) for target in wanted):
        raise OutputError("a background that a film can hold", "transparent came", "Choose another with --background.")
    if wanted == [WINDOW]:
        window_platform(os.environ)
    in_the_room = [target for target in wanted if target in LIVE and target != CAMERA]
    return [
        _output(target, settings, drawn_at_once, made_from, is_mute=target in in_the_room[0 if is_heard else 1 :])
        for target in wanted
    ]


def preview(settings: Settings, show: Callable[[RgbImage], None], size: Callable[[], tuple[int, int]]) -> Output:
    """A small face for whoever paints it, with the sound; size is asked for columns and half rows, often."""
    from narrator.outputs.preview import Preview

    return Preview(show, size, sound_offset_s=_sound_offset_s(settings))


def output_states() -> Iterator[tuple[str, bool, str, str]]:
    """(name, whether it can be had, what was found, the line that mends it) of window, camera and film."""
    from narrator.outputs.camera_state import camera_state
    from narrator.outputs.window_platform import window_platform

    try:
        window_platform(os.environ)
        yield WINDOW, True, "a floating window", ""
    except OutputError as fault:
        yield WINDOW, False, fault.came, fault.next_step
    camera = camera_state()
    yield CAMERA, camera.works, camera.detail, camera.mend
    yield "film", True, f"FILE{FILM_SUFFIX}, with captions", ""


def is_film(target: str) -> bool:
    """Whether the target names a film to write."""
    return target.lower().endswith(FILM_SUFFIX)


def _output(target: str, settings: Settings, drawn_at_once: int, made_from: MadeFrom, *, is_mute: bool) -> Output:
    if target == NONE:
        from narrator.outputs.memory import MemoryOutput

        return MemoryOutput()
    if target == WINDOW:
        return _window(settings, is_mute)
    if target == CAMERA:
        from narrator.outputs.fallback import WithFallback

        return WithFallback(_camera(settings), lambda: _window(settings))
    if target in (TERMINAL, PLAIN_TERMINAL):
        from narrator.outputs.terminal import Terminal

        return Terminal(plain=target == PLAIN_TERMINAL, is_mute=is_mute, sound_offset_s=_sound_offset_s(settings))
    from narrator.outputs.video_file import VideoFile

    return VideoFile(
        target, caption_scale=settings.caption_size, drawn_at_once=drawn_at_once, sign=film_signer(made_from)
    )


def film_signer(made_from: MadeFrom) -> Callable[[Path, Path], bool]:
    """Says in each film who is seen and heard in it, and what moved the face."""
    from narrator.credentials.film_signing import film_signer as signer_of
    from narrator.presenters import provenance

    return signer_of(lambda: provenance(made_from))


def _camera(settings: Settings) -> Output:
    from narrator.outputs.camera import Camera, CameraWish
    from narrator.outputs.caption_style import CaptionStyle
    from narrator.outputs.virtual_microphone import VirtualMicrophone

    captions = caption_style(settings) if settings.camera_captions else CaptionStyle(0.0)
    wish = CameraWish(captions=captions, device=settings.camera_device)
    return Camera(wish, microphone=VirtualMicrophone(), sound_offset_s=_sound_offset_s(settings))


def _sound_offset_s(settings: Settings) -> float:
    return settings.audio_offset_ms / 1000


def _window(settings: Settings, is_mute: bool = False) -> Output:
    import platformdirs

    from narrator.outputs.window import Window, WindowWish

    chosen = (settings.width, settings.height)
    usual = (settings_module.default("width"), settings_module.default("height"))
    wish = WindowWish(
        size=chosen if chosen != usual else None,
        captions=caption_style(settings),
        follows_contrast=settings.caption_colours == settings_module.default("caption_colours"),
        click_through=settings.click_through,
        transparent=settings.background in (TRANSPARENT, settings_module.default("background")),
        places=platformdirs.user_state_path("narrator", appauthor=False) / "window.json",
        remark=_size_remark,
    )
    window = Window(wish, is_mute=is_mute, sound_offset_s=_sound_offset_s(settings))
    window.load()
    return window


def _size_remark(view: Viewport) -> str:
    """Why the face does not fill a large window."""
    from avatar.render.camera import is_kept_small
    from avatar.render.flash import REMARK

    return REMARK if is_kept_small(view) else ""


def caption_style(settings: Settings) -> CaptionStyle:
    """How captions look. Raises SettingError for colours that cannot be read."""
    from narrator.outputs.caption_style import CaptionStyle, caption_colours

    return CaptionStyle(settings.caption_size, settings.caption_font, caption_colours(settings.caption_colours))
