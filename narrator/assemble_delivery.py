"""Settings in, how things are said out; a part of narrator/assemble.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.places import MOTION_SUFFIX

if TYPE_CHECKING:
    from narrator.flow import Delivery
    from narrator.settings import Settings


def delivery(settings: Settings) -> Delivery:
    """How things are said."""
    from narrator.flow import Delivery

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


def check_motion(motion: str) -> None:
    """That it can move a face, before anything is read. Raises FaceError for a file that holds no motion."""
    if motion.endswith(MOTION_SUFFIX):
        from avatar.motion.saved import whole_motion

        whole_motion(motion)


def motion_end_s(motion: str) -> float | None:
    """Where on the narration's time line a motion from a file ends; None for one that goes on."""
    if not motion.endswith(MOTION_SUFFIX):
        return None
    from avatar.motion.saved import held_motion

    whole = held_motion(motion)
    return whole.start_s + len(whole) / whole.fps
