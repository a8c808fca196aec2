"""Settings in, how things are said out; a part of narrator/assemble.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.errors import SettingError

if TYPE_CHECKING:
    from narrator.flow import Delivery
    from narrator.settings import Settings

MOTIONS = ("rules", "diffusion")


def delivery(settings: Settings) -> Delivery:
    """How things are said. Raises SettingError for a motion that there is not."""
    from narrator.flow import Delivery

    if settings.motion not in MOTIONS and not settings.motion.endswith(".jsonl"):
        raise SettingError("rules, diffusion or FILE.jsonl for motion", f'"{settings.motion}" came', "Choose one.")

    return Delivery(
        rate_wpm=settings.rate,
        exaggeration=settings.exaggeration,
        reduced_motion=settings.reduced_motion,
        liveliness=settings.liveliness,
        seed=settings.seed,
        motion=settings.motion,
        emotion=settings.emotion,
        emotion_strength=settings.emotion_strength,
        text_gestures=settings.text_gestures,
        gaze_deg=(settings.gaze_yaw, settings.gaze_pitch),
        pose_deg=(settings.pose_yaw, settings.pose_pitch, settings.pose_roll),
        guidance=(settings.guidance_sound, settings.guidance_wishes),
    )
