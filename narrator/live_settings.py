"""The settings in force and a change in, a session that goes on in the new way out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from narrator import settings as described
from narrator.flow import Delivery, Sentence, Viewport
from narrator.session import Session
from narrator.settings import Settings
from narrator.stages import Face, Voice

OF_DELIVERY = (
    *("rate", "exaggeration", "liveliness", "reduced_motion", "seed", "motion", "emotion", "emotion_strength"),
    *("text_gestures", "gaze_yaw", "gaze_pitch", "pose_yaw", "pose_pitch", "pose_roll"),
    *("guidance_sound", "guidance_wishes"),
)
AT_ONCE = ("voice", "presenter", *OF_DELIVERY)
"""The settings that change in mid-sentence; the others count from the next start."""
TRIAL = Sentence("a", "en")
"""What a new voice says to itself, so that one that cannot speak is refused, and a good one is ready."""


class LiveSettings:
    """Follows narrator.session_commands.Desk. Any thread may ask; one change at a time."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        *,
        delivery: Callable[[Settings], Delivery],
        viewport: Callable[[Settings], Viewport],
        voice: Callable[[str], Voice],
        face: Callable[[str], Face],
        check_motion: Callable[[str], None],
        offered: Mapping[str, Callable[[], Iterable[tuple[str, str]]]] | None = None,
    ) -> None:
        """The first four make a cast's parts of settings and names; check_motion raises FaceError for what moves none.

        offered lists what some settings can be chosen from.
        """
        self._session = session
        self._settings = settings
        self._delivery = delivery
        self._viewport = viewport
        self._voice = voice
        self._face = face
        self._check_motion = check_motion
        self._offered = offered or {}
        self._changing = threading.Lock()

    @property
    def settings(self) -> Settings:
        """Those in force."""
        return self._settings

    def all(self) -> list[dict[str, Any]]:
        """Every setting, in the order they are shown."""
        return [
            {
                "name": name,
                "value": getattr(self._settings, name),
                "shown": described.shown(getattr(self._settings, name)),
                "meaning": described.meaning(name),
                "choices": list(described.choices(name)),
                "is_switch": described.is_switch(name),
                "at_once": name in AT_ONCE,
            }
            for name in described.names()
        ]

    def offered(self, name: str) -> list[tuple[str, str]]:
        """(value, words about it); none of a setting that is not chosen from a list."""
        return list(self._offered[name]()) if name in self._offered else []

    def change(self, name: str, text: str) -> str:
        """One setting; what it is now. Raises SettingError, VoiceError or FaceError, and then all is as before."""
        value = described.parse(name, text)
        with self._changing:
            changed = replace(self._settings, **{name: value})  # type: ignore[arg-type]
            if name == "voice":
                self._session.change(voice=self._tried_voice(changed))
            elif name == "presenter":
                self._session.change(face=self._tried_face(changed))
            elif name in OF_DELIVERY:
                if name == "motion":
                    self._check_motion(changed.motion)
                self._session.change(delivery=self._delivery(changed))
            self._settings = changed
        return described.shown(value)

    def _tried_voice(self, settings: Settings) -> Voice:
        voice = self._voice(settings.voice)
        try:
            voice.speak(TRIAL, self._delivery(settings))
        except BaseException:
            voice.close()
            raise
        return voice

    def _tried_face(self, settings: Settings) -> Face:
        """Its first picture is its slowest."""
        face = self._face(settings.presenter)
        face.rest(self._delivery(settings), self._viewport(settings), 0.0)
        return face
