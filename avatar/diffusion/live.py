"""Sound as it comes in, the face that goes with it out, a moment behind: listening and generator without an end.

The mouth is sealed anew for each picture with all that was heard until then; head, brows and gaze grow by HOP frames
at a time, each hop the continuation of the one before. Memory stays flat.
"""

from __future__ import annotations

import threading

import numpy as np

from avatar.articulation.target import COUNT
from avatar.diffusion.face import LOOK_SPEAKING_DEG
from avatar.diffusion.generator import Generator, Known
from avatar.diffusion.heard_mouth import HeardSpeech, heard_speech
from avatar.diffusion.layout import CONTEXT, HEARD_MOUTH, MOUTH, PLACE, SPEAKING, WIDTH
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats
from avatar.diffusion.track import guidance_of, wishes_of
from avatar.diffusion.variety import carriage
from avatar.listening.network import Listener
from avatar.listening.stream import Ears
from avatar.motion.limits import HEAD_LIMITS_DEG, added
from avatar.motion.smile import make_way
from avatar.motion.waiting import waiting_face
from avatar.motion.wishes import turned, with_emotion
from avatar.motion_frame import INDEX, MotionFrame, MotionTrack
from narrator.flow import Delivery

HOP = 6
"""Frames of head and brows that are made at a time: 200 ms."""
VOICE_S = 2.5
"""Sound by which the voice's level and middle pitch are known."""
SEALED_S = 0.9
"""Of mouth that is sealed together: no contact reaches further."""
PAUSE_S = 0.08
"""Silence that has lasted this long is thought to go on: the lips begin to close."""
FOLLOW_S = {"head": 0.20, "brow": 0.08, "speaking": 0.30}
"""In which they come two thirds of the way to where they are wanted."""
FACE = ("brow_raise_left", "brow_raise_right", "brow_furrow", *HEAD_LIMITS_DEG)


class LiveMotion:
    """One face that follows one sound: push(), grow() and frame() may each have a thread of its own."""

    def __init__(self, generator: Generator, listener: Listener, delivery: Delivery, fps: float) -> None:
        self._generator, self._delivery, self._fps = generator, delivery, fps
        self._listener, self._ears = listener, Ears(listener)
        self._signal = np.zeros(round(VOICE_S * RATE_HZ), np.float32)
        self._samples = 0
        self._motion = np.zeros((CONTEXT, WIDTH), np.float32)
        """The last CONTEXT frames of the face."""
        self._frames = 0
        """How many frames the face has: its next one is shown at that many FRAME_HZ."""
        self._now: dict[str, float] = {}
        self._shown_s = 0.0
        self._speech: HeardSpeech | None = None
        self._lock = threading.Lock()
        """Held while what was heard changes."""

    @property
    def heard_s(self) -> float:
        """How much sound came in, seconds."""
        return self._samples / RATE_HZ

    def push(self, samples: Floats) -> None:
        """Takes in what has just sounded, 16 kHz, -1..1."""
        with self._lock:
            self._ears.push(samples)
            self._samples += len(samples)
            self._signal = np.concatenate([self._signal, samples])[-round(VOICE_S * RATE_HZ) :]
            self._speech = None

    def grow(self) -> bool:
        """HOP frames more of head, brows and gaze; False where the sound for them has not come in yet."""
        if self.heard_s * FRAME_HZ < self._frames + HOP:
            return False
        frames = np.arange(self._frames - CONTEXT, self._frames + HOP)
        speech = self._heard()
        state = np.zeros((len(frames), HEARD_MOUTH.stop), np.float32)
        state[:, MOUTH] = speech.mouth_at(frames / FRAME_HZ, FRAME_HZ)
        state[:, PLACE[SPEAKING]] = speech.is_speaking_at(frames / FRAME_HZ)
        wishes, guidance = wishes_of(self._delivery), guidance_of(self._delivery)
        known = Known(mouth=state, wishes=wishes, guidance=guidance, before=self._motion)
        seed = (self._delivery.seed * 1_000_003 + self._frames) & 0xFFFFFFFF
        made = self._generator.go_on(self._signal_until((self._frames + HOP) / FRAME_HZ), known, seed)
        with self._lock:
            self._motion = np.concatenate([self._motion, made])[-CONTEXT:]
            self._frames += HOP
        return True

    def frame(self, moment_s: float) -> MotionFrame:
        """The face at that moment of the sound, which must have come in; moments go forward."""
        waiting = waiting_face(moment_s, 1.0 / self._fps, self._fps, self._delivery)
        track = with_emotion(waiting, self._delivery)
        mouth, now = self._mouth(moment_s)
        values = np.tile(track.values[0], (len(mouth), 1))
        values[:, :COUNT] = mouth
        make_way(values, self._fps)
        values = values[now : now + 1]
        self._move_face(values[0], moment_s)
        moved = turned(MotionTrack(moment_s, self._fps, ("",), values), self._delivery)
        return moved.frame(0)

    def _heard(self) -> HeardSpeech:
        with self._lock:
            if self._speech is None:
                heard, loud, first_s = self._ears.heard()
                self._speech = heard_speech(self._listener.sequence, heard, loud, goes_on_s=PAUSE_S, first_s=first_s)
            return self._speech

    def _signal_until(self, end_s: float) -> Floats:
        with self._lock:
            late = max(self._samples - round(end_s * RATE_HZ), 0)
            return self._signal[: len(self._signal) - late]

    def _mouth(self, moment_s: float) -> tuple[Floats, int]:
        """(frames, COUNT) sealed together with what went before and what is known to come, and which one is now."""
        before, after = round(SEALED_S * self._fps), max(0, int((self.heard_s - moment_s) * self._fps))
        times = moment_s + np.arange(-before, after + 1) / self._fps
        return self._heard().mouth_at(times, self._fps, self._delivery.exaggeration), before

    def _move_face(self, values: Floats, moment_s: float) -> None:
        """The network's face over the waiting one, as far as somebody speaks; changed in place."""
        with self._lock:
            motion, first = self._motion, self._frames - len(self._motion)
        row = motion[int(np.clip(round(moment_s * FRAME_HZ) - first, 0, len(motion) - 1))]
        elapsed_s = max(moment_s - self._shown_s, 0.0)
        self._shown_s = moment_s
        speaking = self._follow("speaking", float(self._heard().is_speaking_at(np.array([moment_s]))[0]), elapsed_s)
        there = {a: values[INDEX[f"gaze_{a}_deg"]] + values[INDEX[f"head_{a}_deg"]] for a in ("yaw", "pitch")}
        held = carriage(values[np.newaxis], self._delivery)
        for name in FACE:
            wanted = float(row[PLACE[name]])
            if name in HEAD_LIMITS_DEG:
                besides = held.get(name, np.zeros(1))
                is_still = self._delivery.reduced_motion
                wanted = 0.0 if is_still else float(added(besides, np.array([wanted]), HEAD_LIMITS_DEG[name])[0])
            now = self._follow(name, wanted, elapsed_s)
            values[INDEX[name]] += speaking * (now - values[INDEX[name]])
        if not self._delivery.reduced_motion:
            for axis, away in there.items():
                look = float(np.clip(row[PLACE[f"look_{axis}_deg"]], -LOOK_SPEAKING_DEG, LOOK_SPEAKING_DEG))
                look = speaking * look + (1 - speaking) * away
                values[INDEX[f"gaze_{axis}_deg"]] = look - values[INDEX[f"head_{axis}_deg"]]

    def _follow(self, name: str, wanted: float, elapsed_s: float) -> float:
        """Where it is now, on its way to where it is wanted."""
        slowness_s = FOLLOW_S.get(name.split("_")[0], 0.1)
        now = self._now.get(name, 0.0)
        now += (wanted - now) * (1.0 - float(np.exp(-elapsed_s / slowness_s)))
        self._now[name] = now
        return now
