"""An utterance and the wishes in, the motion of the whole face out: what the network made, finished and limited.

The text's mouth where the text is known, else the sound's. Both ends meet the waiting face of the rules, so utterances
run into each other and each is the same whenever, in whatever order and however quickly it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION
from avatar.articulation.score import score_for
from avatar.articulation.silence import quiet
from avatar.articulation.target import COUNT
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.accents import accents_heard
from avatar.diffusion.face import at_rate, blinks, network_face, settled
from avatar.diffusion.generator import Generator, Known, sound_of
from avatar.diffusion.heard_mouth import HeardSpeech, hear_speech
from avatar.diffusion.layout import CONTEXT, EMOTIONS, HEARD_MOUTH, MOUTH, PLACE, SPEAKING, WIDTH, WISH_WIDTH
from avatar.diffusion.sampler import Guidance
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats, loudness_of, melody_of
from avatar.diffusion.variety import Variety, variety_of
from avatar.listening.network import Listener
from avatar.listening.weights import listener
from avatar.motion.blinks import lids
from avatar.motion.emotion import FEELINGS
from avatar.motion.rules import idle
from avatar.motion.timeline import last_shown_s
from avatar.motion.wishes import with_emotion
from avatar.motion_frame import CHANNELS, INDEX, MotionTrack
from narrator.flow import Delivery, Phone, Utterance

FULL_SCALE = 32768.0


def grow(
    generator: Generator, utterance: Utterance, base: MotionTrack, clock_s: float, delivery: Delivery
) -> Iterator[tuple[int, MotionTrack]]:
    """The whole face for a known text, window after window: (how many of its frames will not change, the track).

    base: the articulation's mouth in the rules' face, of which the first CONTEXT frames, all lids and the end are kept.
    clock_s is the narration's time of the first sample, as for the rules.
    """
    frames = _frames(base)
    if frames <= CONTEXT:
        yield len(base), base
        return
    shut = at_rate(base.channel("eyelid_left"), FRAME_HZ, frames, base.fps).astype(np.float32)
    before = _unturned(_as_motion(base, CONTEXT), delivery)
    sound = sound_of(at_16_khz(utterance), frames, base.start_s)
    known = Known(
        mouth=_mouth_state(utterance, base, None, frames),
        has_text=True,
        accents=accents_heard(_stress(utterance, base.start_s, frames), melody_of(sound), loudness_of(sound)),
        wishes=wishes_of(delivery),
        guidance=guidance_of(delivery),
        before=before,
        begin=CONTEXT,
        lids=shut,
    )
    motion, last_s = before, last_shown_s(base, utterance)
    variety = _variety(base, sound, known.accents or (), clock_s, delivery)
    for made in generator.windows(sound, known, _seed(clock_s, delivery)):
        motion = np.concatenate([motion, made])
        values = network_face(base, motion, CONTEXT / FRAME_HZ, last_s, variety, delivery)
        sure = len(base) if len(motion) == frames else settled(len(motion), base)
        yield sure, MotionTrack(base.start_s, base.fps, base.phones, values)


def hear(
    generator: Generator,
    utterance: Utterance,
    like: MotionTrack,
    clock_s: float,
    delivery: Delivery,
    ears: Listener | None = None,
) -> MotionTrack:
    """The whole face for a sound whose text nobody knows. like: of any shape; ears: others than those that ship."""
    signal = at_16_khz(utterance)
    frames = _frames(like)
    heard = hear_speech(ears or listener(), signal)
    known = Known(
        mouth=_mouth_state(utterance, like, heard, frames),
        wishes=wishes_of(delivery),
        guidance=guidance_of(delivery),
        before=_waiting(clock_s + like.start_s, delivery),
    )
    sound = sound_of(signal, frames, like.start_s)
    motion = generator.motion(sound, known, _seed(clock_s, delivery))
    waiting = idle(clock_s + like.start_s, len(like) / like.fps, like.fps, delivery)
    base = with_emotion(replace(waiting, start_s=like.start_s, phones=like.phones), delivery)
    times = like.start_s + np.arange(len(like)) / like.fps
    base.values[:, :COUNT] = heard.mouth_at(times, like.fps, delivery.exaggeration)
    variety = _variety(base, sound, (), clock_s, delivery)
    values = network_face(base, motion, 0.0, last_shown_s(like, utterance), variety, delivery)
    shut = lids(times, blinks(motion, heard.contacts, like, last_shown_s(like, utterance)))
    values[:, [INDEX["eyelid_left"], INDEX["eyelid_right"]]] = shut[:, None]
    return MotionTrack(like.start_s, like.fps, like.phones, values)


def _frames(track: MotionTrack) -> int:
    """Of the network that hold the track."""
    return int(np.ceil(len(track) / track.fps * FRAME_HZ - 1e-6)) + 1


def _seed(clock_s: float, delivery: Delivery) -> int:
    return (delivery.seed * 1_000_003 + round(clock_s * 1000)) & 0xFFFFFFFF


def _mouth_state(utterance: Utterance, mouth: MotionTrack, heard: HeardSpeech | None, frames: int) -> Floats:
    """(frames, HEARD_MOUTH) what is certain of the mouth: its channels, its contacts, and whether anything is said."""
    times = mouth.start_s + np.arange(frames) / FRAME_HZ
    state = np.zeros((frames, HEARD_MOUTH.stop), np.float32)
    if heard is None:
        columns = [at_rate(column, FRAME_HZ, frames, mouth.fps) for column in mouth.values[:, :COUNT].T]
        state[:, MOUTH] = np.stack(columns, axis=1)
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
    """(CONTEXT, WIDTH) the face at rest before the utterance."""
    seconds = CONTEXT / FRAME_HZ
    before = with_emotion(idle(clock_s - seconds, seconds, FRAME_HZ, delivery), delivery)
    return _unturned(_as_motion(before, CONTEXT), delivery)


def _as_motion(track: MotionTrack, frames: int) -> Floats:
    """(frames, WIDTH) the track's first frames in the network's channels; nothing touches in them."""
    columns = {name: at_rate(track.channel(name), FRAME_HZ, frames, track.fps) for name in CHANNELS}
    motion = np.zeros((frames, WIDTH), np.float32)
    for name in PLACE.keys() & columns.keys():
        motion[:, PLACE[name]] = columns[name]
    for axis in ("yaw", "pitch"):
        motion[:, PLACE[f"look_{axis}_deg"]] = columns[f"gaze_{axis}_deg"] + columns[f"head_{axis}_deg"]
    motion[:, PLACE["blink"]] = columns["eyelid_left"]
    return motion


def _unturned(motion: Floats, delivery: Delivery) -> Floats:
    """The motion as the network knows it: which way the head is held besides is none of its business."""
    feeling = FEELINGS.get(delivery.emotion, {})
    for name in ("head_yaw_deg", "head_roll_deg"):
        motion[:, PLACE[name]] = delivery.emotion_strength * feeling.get(name, 0.0)
    return motion


def _variety(
    like: MotionTrack, sound: Floats, accents: Sequence[tuple[float, float]], clock_s: float, delivery: Delivery
) -> Variety:
    """Of the frames of that track; accents as the network is told them, from the track's first frame on."""
    times = like.start_s + np.arange(len(like)) / like.fps
    marks = [(like.start_s + moment_s, weight) for moment_s, weight in accents]
    return variety_of(times, marks, at_rate(melody_of(sound), like.fps, len(like)), clock_s, delivery)


def _stress(utterance: Utterance, start_s: float, frames: int) -> Floats:
    times: Doubles = start_s + np.arange(frames) / FRAME_HZ
    marks = np.zeros(frames, np.float32)
    for phone in utterance.phones:
        if phone.stress and phone.ipa:
            marks[(times >= phone.start_s) & (times < phone.end_s)] = phone.stress / 2
    return marks
