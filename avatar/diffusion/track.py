"""An utterance and the wishes in, the motion of the whole face out: what the network made, finished and limited.

The text's mouth where the text is known, else the sound's. Both ends meet the waiting face of the rules, so utterances
run into each other and each is the same whenever and in whatever order it is made.
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION
from avatar.articulation.score import score_for
from avatar.articulation.silence import quiet
from avatar.articulation.target import COUNT
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.face import finished_face
from avatar.diffusion.generator import Generator, Known
from avatar.diffusion.heard_mouth import HeardSpeech, hear_speech
from avatar.diffusion.layout import CONTEXT, EMOTIONS, HEARD_MOUTH, MOUTH, PLACE, SPEAKING, WIDTH, WISH_WIDTH
from avatar.diffusion.sampler import Guidance
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats
from avatar.listening.network import Listener
from avatar.listening.weights import listener
from avatar.motion.rules import idle
from avatar.motion.text_gestures import last_shown_s
from avatar.motion.wishes import with_emotion
from avatar.motion_frame import INDEX, MOUTH_CHANNELS, MotionTrack
from narrator.flow import Delivery, Phone, Utterance

FULL_SCALE = 32768.0


def move(
    generator: Generator,
    utterance: Utterance,
    mouth: MotionTrack,
    clock_s: float,
    delivery: Delivery,
    ears: Listener | None = None,
) -> MotionTrack:
    """The whole face for the utterance. mouth: the articulation's, or of any shape where the utterance has no phones.

    clock_s is the narration's time of the first sample, as for the rules; ears: others than those that ship.
    """
    signal = at_16_khz(utterance)
    seconds = len(mouth) / mouth.fps
    frames = int(np.ceil(seconds * FRAME_HZ - 1e-6)) + 1
    seed = (delivery.seed * 1_000_003 + round(clock_s * 1000)) & 0xFFFFFFFF
    heard = None if any(phone.ipa for phone in utterance.phones) else hear_speech(ears or listener(), signal)
    known = Known(
        mouth=_mouth_state(utterance, mouth, heard, frames),
        has_text=heard is None,
        stress=_stress(utterance, mouth.start_s, frames) if heard is None else None,
        wishes=wishes_of(delivery),
        guidance=guidance_of(delivery),
        before=_waiting(clock_s + mouth.start_s, delivery),
    )
    motion = generator.motion(signal, frames, mouth.start_s, known, seed)
    waiting = with_emotion(idle(clock_s + mouth.start_s, seconds, mouth.fps, delivery), delivery)
    values = waiting.values[: len(mouth)].copy()
    values[:, :COUNT] = mouth.values[:, :COUNT]
    if heard is not None:
        times = mouth.start_s + np.arange(len(mouth)) / mouth.fps
        values[:, :COUNT] = heard.mouth_at(times, mouth.fps, delivery.exaggeration)
    contacts = heard.contacts if heard is not None else spoken_contacts(utterance)
    values = finished_face(values, motion, contacts, last_shown_s(mouth, utterance), mouth, delivery)
    return MotionTrack(mouth.start_s, mouth.fps, mouth.phones, values)


def _mouth_state(utterance: Utterance, mouth: MotionTrack, heard: HeardSpeech | None, frames: int) -> Floats:
    """(frames, HEARD_MOUTH) what is certain of the mouth: its channels, its contacts, and whether anything is said."""
    times = mouth.start_s + np.arange(frames) / FRAME_HZ
    state = np.zeros((frames, HEARD_MOUTH.stop), np.float32)
    if heard is None:
        state[:, MOUTH] = _resampled(mouth.values[:, :COUNT], mouth.fps, FRAME_HZ, frames)
        state[:, PLACE[SPEAKING]] = speaking_at(utterance.phones, times)
        contacts = spoken_contacts(utterance)
    else:
        state[:, MOUTH] = heard.mouth_at(times, FRAME_HZ)
        state[:, PLACE[SPEAKING]] = heard.is_speaking_at(times)
        contacts = heard.contacts
    for name, start_s, end_s in contacts:
        state[(times >= start_s) & (times <= end_s), PLACE[name]] = 1.0
    return state


def spoken_contacts(utterance: Utterance) -> tuple[tuple[str, float, float], ...]:
    """(contact, start, end) of the text's own P B M and F V."""
    kinds = {"p": "lips", "b": "lips", "m": "lips", "f": "tuck", "v": "tuck"}
    lips = [phone for phone in utterance.phones if phone.ipa[:1] in kinds and phone.ipa]
    return tuple((kinds[phone.ipa[0]], phone.start_s, phone.end_s) for phone in lips)


def speaking_at(phones: tuple[Phone, ...], times: Doubles) -> Floats:
    """(len(times),) 0 in silences, as lipreading.md 7 defines them."""
    speaking = np.ones(len(times), np.float32)
    for start_s, end_s in quiet(score_for(phones, DEFAULT_EXAGGERATION)):
        speaking[(times >= start_s) & (times <= end_s)] = 0.0
    return speaking


def guidance_of(delivery: Delivery) -> Guidance:
    """How much further each condition pulls, as wished."""
    sound, wishes = delivery.guidance
    return Guidance(sound=sound, wishes=wishes)


def at_16_khz(utterance: Utterance) -> Floats:
    """The utterance's samples as the network hears them, -1..1."""
    samples = utterance.samples.astype(np.float32) / FULL_SCALE
    if utterance.rate_hz == RATE_HZ or len(samples) == 0:
        return samples
    length = max(1, round(len(samples) * RATE_HZ / utterance.rate_hz))
    divisor = int(np.gcd(utterance.rate_hz, RATE_HZ))
    step = 2 * utterance.rate_hz // divisor
    times = 1 << int(np.ceil(np.log2(len(samples) / step + 1)))  # lengths with large prime factors transform slowly
    padded, size = times * step, times * 2 * RATE_HZ // divisor
    spectrum = np.fft.rfft(samples, padded)
    kept = np.zeros(size // 2 + 1, spectrum.dtype)
    count = min(len(kept), len(spectrum))
    kept[:count] = spectrum[:count]
    return (np.fft.irfft(kept, size) * (size / padded)).astype(np.float32)[:length]


def wishes_of(delivery: Delivery) -> Floats:
    """As the network knows them."""
    wishes = np.zeros(WISH_WIDTH, np.float32)
    if delivery.emotion in EMOTIONS:
        wishes[EMOTIONS.index(delivery.emotion)] = delivery.emotion_strength
    wishes[-1] = delivery.liveliness
    return wishes


def _waiting(clock_s: float, delivery: Delivery) -> Floats:
    """(CONTEXT, WIDTH) the face at rest before the utterance, in the network's channels."""
    track = with_emotion(idle(clock_s - CONTEXT / FRAME_HZ, CONTEXT / FRAME_HZ, FRAME_HZ, delivery), delivery)
    before = np.zeros((CONTEXT, WIDTH), np.float32)
    before[:, MOUTH] = track.values[:CONTEXT, : len(MOUTH_CHANNELS)]
    for name in ("brow_raise_left", "brow_raise_right", "brow_furrow", "cheek_raise", "smile"):
        before[:, PLACE[name]] = track.channel(name)[:CONTEXT]
    for axis in ("yaw", "pitch"):
        head = track.channel(f"head_{axis}_deg")[:CONTEXT]
        before[:, PLACE[f"head_{axis}_deg"]] = head
        before[:, PLACE[f"look_{axis}_deg"]] = track.channel(f"gaze_{axis}_deg")[:CONTEXT] + head
    before[:, PLACE["head_roll_deg"]] = track.channel("head_roll_deg")[:CONTEXT]
    before[:, PLACE["blink"]] = track.values[:CONTEXT, INDEX["eyelid_left"]]
    return before


def _resampled(values: Floats, from_hz: float, to_hz: float, frames: int) -> Floats:
    """(frames, channels) straight between the frames that are there, held beyond them."""
    wanted, there = np.arange(frames) / to_hz, np.arange(len(values)) / from_hz
    return np.stack([np.interp(wanted, there, column) for column in values.T], axis=1).astype(np.float32)


def _stress(utterance: Utterance, start_s: float, frames: int) -> Floats:
    times: Doubles = start_s + np.arange(frames) / FRAME_HZ
    marks = np.zeros(frames, np.float32)
    for phone in utterance.phones:
        if phone.stress and phone.ipa:
            marks[(times >= phone.start_s) & (times < phone.end_s)] = phone.stress / 2
    return marks
