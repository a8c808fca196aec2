"""Options, environment and the user's file in, one frozen Settings out; each is described only here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from narrator.errors import SettingError
from narrator.places import MOTION_SUFFIX, whole_path

if TYPE_CHECKING:
    from dataclasses import Field

Value = str | int | float | bool

ENVIRONMENT_PREFIX = "NARRATOR_"
MOTIONS = ("rules", "diffusion")
NO_SETTINGS = ("NARRATOR_PDF_PASSWORD",)
"""Variables of ours that are no settings: a password is never remembered (readers/pdf.py asks for it)."""
SHOW_ALL = "Run: narrator settings show"


def _setting(
    default: Value,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    or_file: str = "",
    unit: str = "",
    is_even: bool = False,
) -> Any:
    """or_file: the ending of a file's name that may stand instead of one of the choices."""
    about = {"meaning": meaning, "low": low, "high": high, "choices": choices, "unit": unit, "is_even": is_even}
    about["or_file"] = or_file
    return field(default=default, metadata=about)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen, with its default and meaning."""

    voice: str = _setting("espeak", "who speaks; narrator voice list names them", unit="NAME")
    rate: int = _setting(130, "speaking rate, words a minute", low=80, high=200, unit="WPM")
    language: str = _setting(
        "", "language of texts that do not say, as en or pt-BR; empty: the voice's own", unit="TAG"
    )
    announce_lists: bool = _setting(True, "say how many items a list has before reading it")
    presenter: str = _setting("", "the face; narrator presenter list names them; empty: the first one", unit="NAME")
    lip_colour: str = _setting(
        "mid-strong", "lips of the drawn presenters", choices=("natural", "mid-strong", "strong")
    )
    exaggeration: float = _setting(1.2, "size of vowels and lip rounding", low=0.8, high=1.6, unit="GAIN")
    liveliness: float = _setting(0.5, "movement of head and brows, 0 still, 1 lively", low=0.0, high=1.0, unit="SHARE")
    reduced_motion: bool = _setting(False, "no sway or head movement; lips, captions and blinks stay")
    seed: int = _setting(0, "chooses blinks and sway; the same seed gives the same motion", low=0, unit="N")
    motion: str = _setting(
        "diffusion",
        "what moves the face: diffusion, rules, or FILE.jsonl that narrator motion wrote",
        choices=MOTIONS,
        or_file=MOTION_SUFFIX,
        unit="WHAT",
    )
    emotion: str = _setting(
        "neutral", "the face's mood", choices=("neutral", "happy", "sad", "angry", "surprised", "concerned")
    )
    emotion_strength: float = _setting(0.6, "of the mood", low=0.0, high=1.0, unit="SHARE")
    text_gestures: bool = _setting(True, "questions, negations, emphasis and headings show on brows and head")
    gaze_yaw: float = _setting(0.0, "eyes away, to the person's left", low=-25.0, high=25.0, unit="DEGREES")
    gaze_pitch: float = _setting(0.0, "eyes up, away from the viewer", low=-20.0, high=20.0, unit="DEGREES")
    pose_yaw: float = _setting(0.0, "head turned to the person's left", low=-15.0, high=15.0, unit="DEGREES")
    pose_pitch: float = _setting(0.0, "head held up", low=-10.0, high=10.0, unit="DEGREES")
    pose_roll: float = _setting(0.0, "head tilted to the person's left", low=-10.0, high=10.0, unit="DEGREES")
    guidance_sound: float = _setting(
        0.5, "how much further the voice pulls head and brows (diffusion)", low=0.0, high=3.0, unit="SHARE"
    )
    guidance_wishes: float = _setting(
        0.0, "how much further mood and liveliness pull them (diffusion)", low=0.0, high=3.0, unit="SHARE"
    )
    follow_behind_ms: int = _setting(
        150, "how far narrator follow is behind the sound; less hears worse", low=60, high=600, unit="MS"
    )
    framing: str = _setting("face", "how much of the person is shown", choices=("signer", "face", "mouth"))
    distance: float = _setting(
        1.0, "how far away the person is, over what the framing asks for", low=0.7, high=1.5, unit="FACTOR"
    )
    background: str = _setting(
        "own", "behind the person: own, blurred, transparent, a colour, a picture's file, or blurred:FILE", unit="WHAT"
    )
    width: int = _setting(1280, "picture width, even", low=160, high=3840, unit="PIXELS", is_even=True)
    height: int = _setting(720, "picture height, even", low=160, high=2160, unit="PIXELS", is_even=True)
    fps: float = _setting(30.0, "pictures a second", low=20.0, high=60.0, unit="N")
    graphics_card: bool = _setting(True, "films are drawn on a graphics card where there is one (needs torch)")
    caption_size: float = _setting(1.0, "size of the captions, 1 is the usual", low=0.5, high=3.0, unit="FACTOR")
    caption_font: str = _setting("", "font of the captions, a name or a file; empty: one that is there", unit="FONT")
    caption_colours: str = _setting(
        "dark", "colours of the captions: dark, light, yellow, contrast, or #LETTERS/#PLATE", unit="COLOURS"
    )
    click_through: bool = _setting(False, "clicks go through the window to what lies below it")
    camera_device: str = _setting("", "the virtual camera to write to; empty: the one called Narrator", unit="DEVICE")
    camera_captions: bool = _setting(False, "captions in the camera's picture")
    audio_offset_ms: int = _setting(0, "sound later (+) or earlier (-) than the picture", low=-500, high=500, unit="MS")
    screen_reader_first: bool = _setting(
        True, "a document that is read waits while the screen reader speaks; off: the screen reader waits"
    )
    fetch_time_limit_s: float = _setting(20.0, "how long fetching a page may take", low=1.0, high=300.0, unit="SECONDS")

    def __post_init__(self) -> None:
        for setting in fields(self):
            _check(setting, getattr(self, setting.name))


def names() -> tuple[str, ...]:
    """Every setting, in the order they are shown."""
    return tuple(setting.name for setting in fields(Settings))


def default(name: str) -> Value:
    """What it is where nobody chose."""
    return cast("Value", _field(name).default)


def meaning(name: str) -> str:
    """One line for people, with range and default."""
    setting = _field(name)
    low, high = (setting.metadata[key] for key in ("low", "high"))
    limits = f"; {low:g} to {high:g}" if low is not None and high is not None else ""
    limits += f"; one of {', '.join(choices(name))}" if choices(name) else ""
    default = cast("Value", setting.default)
    return f"{setting.metadata['meaning']}{limits} (default: {shown(default)})"


def shown(value: Value) -> str:
    """The value as a person would type it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value) or "empty"


def unit(name: str) -> str:
    """What stands for the value in a usage line; empty for a switch or a choice."""
    return str(_field(name).metadata["unit"])


def choices(name: str) -> tuple[str, ...]:
    """The values allowed; empty where others are too."""
    about = _field(name).metadata
    return () if about["or_file"] else cast("tuple[str, ...]", about["choices"])


def is_switch(name: str) -> bool:
    """True for a setting that is on or off."""
    return isinstance(_field(name).default, bool)


def parse(name: str, text: str) -> Value:
    """The setting's value from what a person typed. Raises SettingError."""
    setting = _field(name)
    kind = type(cast("Value", setting.default))
    try:
        value = _switch(text) if kind is bool else kind(whole(name, text))
    except ValueError:
        raise SettingError(f"{_expected(setting)} for {name}", f'"{text}" came', SHOW_ALL) from None
    return _check(setting, value)


def whole(name: str, text: str) -> str:
    """What a person typed; where it names a file, by its whole path, since whoever opens it may stand elsewhere."""
    is_file = name == "motion" and text.endswith(MOTION_SUFFIX)
    return str(whole_path(text)) if is_file else text


def load(overrides: Mapping[str, Value] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: the overrides (the command line) before the environment, the user's file, the defaults."""
    chosen: dict[str, Value] = dict(stored())
    for key, text in (os.environ if environment is None else environment).items():
        if key.startswith(ENVIRONMENT_PREFIX) and key not in NO_SETTINGS:
            name = key.removeprefix(ENVIRONMENT_PREFIX).lower()
            with _told_of(f"the environment variable {key}", "Correct or unset it."):
                chosen[name] = parse(name, text)
    for name, value in (overrides or {}).items():
        chosen[name] = _check(_field(name), value)
    return Settings(**chosen)  # type: ignore[arg-type]


def path() -> Path:
    """The user's settings file, whether it exists or not."""
    import platformdirs

    return platformdirs.user_config_path("narrator", appauthor=False) / "settings.toml"


def stored() -> dict[str, Value]:
    """What the user's file sets. Raises SettingError when it cannot be read or has a setting that does not exist."""
    file = path()
    with _told_of(str(file), "Correct or remove it there."):
        return {name: _check(_field(name), value) for name, value in _read(file).items()}


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        if stat.S_ISFIFO(file.stat().st_mode):
            raise OSError("it is a pipe, which may never end")
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))  # Windows' editors begin with a mark
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as fault:
        raise SettingError(
            f"settings in TOML at {file}", f"it cannot be read ({fault})", "Mend or delete it."
        ) from None


@contextmanager
def _told_of(place: str, next_step: str) -> Iterator[None]:
    """A value that is not on the command line is named with the place where it can be mended."""
    try:
        yield
    except SettingError as fault:
        if place in str(fault):
            raise
        raise SettingError(fault.expected, f"{fault.came} in {place}", next_step) from None


def store(name: str, value: Value) -> Path:
    """Writes one setting into the user's file, whose comments and order stay; returns where it is."""
    import tomlkit

    _check(_field(name), value)
    file = path()
    _read(file)
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig")) if file.exists() else tomlkit.document()
    document[name] = value
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        unfinished.write_text(tomlkit.dumps(document), encoding="utf-8")
        unfinished.replace(file)
    except OSError as fault:
        raise SettingError(f"to write {file}", str(fault), "Check the folder's permissions.") from fault
    return file


def _field(name: str) -> Field[Any]:
    for setting in fields(Settings):
        if setting.name == name:
            return setting
    raise SettingError(f"the name of a setting, one of {', '.join(names())}", f'"{name}" came', SHOW_ALL)


def _check(setting: Field[Any], value: object) -> Value:
    kind = type(setting.default)
    if kind is float and type(value) is int:
        value = float(value)
    about = setting.metadata
    fits = type(value) is kind
    if fits and about["low"] is not None:
        fits = about["low"] <= cast(float, value) and (about["high"] is None or cast(float, value) <= about["high"])
    if fits and about["choices"]:
        is_file = bool(about["or_file"]) and cast(str, value).endswith(about["or_file"])
        fits = is_file or value in about["choices"]
    if fits and about["is_even"]:
        fits = cast(int, value) % 2 == 0
    if not fits:
        raise SettingError(f"{_expected(setting)} for {setting.name}", f"{value!r} came", SHOW_ALL)
    return cast(Value, value)


def _expected(setting: Field[Any]) -> str:
    about = setting.metadata
    if about["choices"]:
        return f"one of {', '.join(about['choices'])}" + (f" or FILE{about['or_file']}" if about["or_file"] else "")
    noun = {bool: "on or off", int: "a whole number", float: "a number", str: "words"}[type(setting.default)]
    noun = "an even number" if about["is_even"] else noun
    if about["low"] is None:
        return noun
    return f"{noun} of at least {about['low']:g}" + (
        f" and at most {about['high']:g}" if about["high"] is not None else ""
    )


def _switch(text: str) -> bool:
    known = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    try:
        return known[text.strip().lower()]
    except KeyError:
        raise ValueError(text) from None
