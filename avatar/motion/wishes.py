"""A motion and what a person wishes in, the motion in that mood, turned that way, out; lips are left alone."""

from __future__ import annotations

import numpy as np

from avatar.motion.emotion import FEELINGS
from avatar.motion_frame import INDEX, MotionTrack
from narrator.flow import Delivery

LOOK = {"look_yaw_deg": "gaze_yaw_deg", "look_pitch_deg": "gaze_pitch_deg"}
BOUNDED = ("brow_raise_left", "brow_raise_right", "brow_furrow", "smile", "cheek_raise")


def with_emotion(track: MotionTrack, delivery: Delivery) -> MotionTrack:
    """The track in the mood of the delivery."""
    feeling = FEELINGS.get(delivery.emotion, {})
    if not feeling or delivery.emotion_strength == 0.0:
        return track
    values = track.values.copy()
    for name, amount in feeling.items():
        if not (delivery.reduced_motion and name.startswith("head")):
            values[:, INDEX[LOOK.get(name, name)]] += delivery.emotion_strength * amount
        if name.startswith("head") and not name.startswith("head_roll") and not delivery.reduced_motion:
            values[:, INDEX[name.replace("head", "gaze")]] -= delivery.emotion_strength * amount
    places = [INDEX[name] for name in BOUNDED]
    values[:, places] = np.clip(values[:, places], -1.0, 1.0)
    return MotionTrack(track.start_s, track.fps, track.phones, values)


def turned(track: MotionTrack, delivery: Delivery) -> MotionTrack:
    """The head held as wished, the eyes still on the viewer or where they are wished."""
    if not any((*delivery.pose_deg, *delivery.gaze_deg)):
        return track
    values = track.values.copy()
    for name, degrees in zip(("yaw", "pitch", "roll"), delivery.pose_deg, strict=True):
        values[:, INDEX[f"head_{name}_deg"]] += degrees
    for name, degrees, pose in zip(("yaw", "pitch"), delivery.gaze_deg, delivery.pose_deg, strict=False):
        values[:, INDEX[f"gaze_{name}_deg"]] += degrees - pose
    return MotionTrack(track.start_s, track.fps, track.phones, values)
