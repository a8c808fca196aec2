"""What the network makes of a sound keeps the promises of the articulation, whatever the sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from avatar.articulation.articulate import articulate
from avatar.articulation.movement import OPEN_MM
from avatar.diffusion.generator import generator, sound_of
from avatar.diffusion.layout import HEARD_MOUTH, WINDOW
from avatar.diffusion.network import Network
from avatar.diffusion.sampler import MOST_EVALUATIONS, Guidance
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ
from avatar.diffusion.track import at_16_khz, grow
from avatar.diffusion.weights import read_weights
from avatar.motion.rules import move
from avatar.motion_frame import MotionTrack
from avatar.planning import LEAD_S, begin, plan
from avatar.presenters.library import presenter
from avatar.render.placement import head_rotation
from narrator.errors import FaceError
from narrator.flow import Delivery, Sentence, Utterance
from narrator.speech.espeak_voice import EspeakVoice

TEXT = "Bob may move five maps; probably Pam beams above them."
CLOSED_MM = 0.3


@pytest.fixture(scope="module")
def spoken() -> Utterance:
    voice = EspeakVoice()
    try:
        return voice.speak(Sentence(TEXT, "en"), Delivery())
    finally:
        voice.close()


def recording(samples: npt.NDArray[np.floating], rate_hz: int = RATE_HZ) -> Utterance:
    return Utterance(Sentence("", ""), (32767 * samples).astype(np.int16), rate_hz, (), ())


def performed(utterance: Utterance, delivery: Delivery | None = None, fps: float = 30.0) -> MotionTrack:
    end_s = utterance.duration_s + utterance.sentence.pause_s
    return plan(utterance, fps, -0.2, end_s, 3.0, delivery or Delivery(motion="diffusion"))


@pytest.fixture(scope="module")
def heard(spoken: Utterance) -> MotionTrack:
    return performed(replace(spoken, phones=(), words=()))


def test_the_same_seed_gives_the_same_motion_and_another_one_another(spoken: Utterance) -> None:
    again, other = Delivery(motion="diffusion"), Delivery(motion="diffusion", seed=5)
    first = performed(spoken, again)
    assert (performed(spoken, again).values == first.values).all()
    assert np.abs(performed(spoken, other).values - first.values).max() > 0.05


@pytest.mark.parametrize("fps", [25.0, 30.0, 60.0])
def test_with_a_text_the_mouth_is_the_articulations_own(spoken: Utterance, fps: float) -> None:
    track = performed(spoken, fps=fps)
    certain = articulate(spoken, fps, track.start_s, spoken.duration_s + spoken.sentence.pause_s)
    assert (track.values[:, :12] == certain.values[:, :12]).all()


def test_lips_that_close_stay_closed_and_lips_that_do_not_are_open(heard: MotionTrack) -> None:
    height = heard.channel("lip_height_mm")
    shut = np.concatenate([[0], (height <= CLOSED_MM).astype(int), [0]])
    edges = np.flatnonzero(np.diff(shut))
    lengths = (edges[1::2] - edges[::2])[1:-1]  # the first and the last belong to the silence round the sentence
    assert len(lengths) >= 2
    assert lengths.min() >= 2
    between = (height > CLOSED_MM) & (height < 1.0)
    runs = np.flatnonzero(np.diff(np.concatenate([[0], between.astype(int), [0]])))
    assert (runs[1::2] - runs[::2]).max(initial=0) <= 2, "lips neither open nor closed for long"
    assert height.max() > OPEN_MM


@pytest.mark.parametrize("kind", ["silence", "hiss"])
def test_where_nobody_speaks_the_mouth_is_closed(kind: str) -> None:
    chance = np.random.default_rng(1)
    samples = np.zeros(3 * RATE_HZ) if kind == "silence" else 2e-4 * chance.standard_normal(3 * RATE_HZ)
    assert performed(recording(samples)).channel("lip_height_mm").max() <= CLOSED_MM


def test_the_mouth_closes_within_150_ms_of_the_last_sound(spoken: Utterance) -> None:
    signal = at_16_khz(spoken) / 2
    samples = np.concatenate([signal, np.zeros(2 * RATE_HZ)])
    track = performed(recording(samples))
    loud = np.flatnonzero(np.abs(signal) > 0.02)[-1] / RATE_HZ
    after = track.channel("lip_height_mm")[int((loud + 0.25 + 0.2) * track.fps) : -6]
    assert after.max() <= CLOSED_MM


def test_head_and_eyes_keep_within_what_lip_readers_can_follow(heard: MotionTrack) -> None:
    for axis, limit in (("pitch", 4.0), ("yaw", 4.0), ("roll", 3.0)):
        head = heard.channel(f"head_{axis}_deg")
        assert np.abs(head).max() <= limit
        assert np.abs(np.diff(head)).max() * heard.fps < 25.0
    looking = np.hypot(
        *(heard.channel(f"gaze_{axis}_deg") + heard.channel(f"head_{axis}_deg") for axis in ("yaw", "pitch"))
    )
    assert (looking < 4.0).mean() >= 0.85


def test_the_head_turns_aside_while_it_speaks_and_brows_are_not_the_same(spoken: Utterance) -> None:
    tracks = [performed(spoken, Delivery(motion="diffusion", seed=seed)) for seed in range(4)]
    inner = slice(25, -25)
    assert np.mean([np.ptp(track.channel("head_yaw_deg")[inner]) for track in tracks]) > 1.0
    apart = [np.abs(track.channel("brow_raise_left") - track.channel("brow_raise_right")).max() for track in tracks]
    assert max(apart) > 0.02
    for track in tracks:
        for axis, limit in (("pitch", 4.0), ("yaw", 4.0), ("roll", 3.0)):
            head = track.channel(f"head_{axis}_deg")
            assert np.abs(head).max() <= limit
            assert np.abs(np.diff(head)).max() * track.fps < 25.0


@pytest.mark.parametrize("motion", ["rules", "diffusion"])
def test_the_head_never_moves_the_mouth_by_more_than_a_twentieth_of_its_width(spoken: Utterance, motion: str) -> None:
    landmarks = presenter("ada").landmarks
    border = landmarks["lip_border"]
    width_mm = np.hypot(*(border[0, :2] - border[len(border) // 2, :2]))
    reach = border.mean(axis=0) - landmarks["neck_pivot"].reshape(3)
    for seed in range(3):
        track = performed(spoken, Delivery(motion=motion, seed=seed, liveliness=1.0))
        seen = np.array([(head_rotation(frame) @ reach)[:2] for frame in track])
        assert np.hypot(*np.diff(seen, axis=0).T).max() <= 0.05 * width_mm


def test_both_ends_meet_the_waiting_face(heard: MotionTrack) -> None:
    from avatar.motion.rules import idle

    delivery = Delivery()
    waiting = idle(3.0 + heard.start_s, len(heard) / heard.fps, heard.fps, delivery)
    for channel in ("head_yaw_deg", "head_pitch_deg", "brow_raise_left", "smile"):
        for end in (0, -1):
            assert heard.channel(channel)[end] == pytest.approx(waiting.channel(channel)[end], abs=0.02)


def test_reduced_motion_leaves_the_head_still(spoken: Utterance) -> None:
    track = performed(spoken, Delivery(motion="diffusion", reduced_motion=True))
    assert np.abs(track.channel("head_yaw_deg")).max() == 0.0


def test_no_window_takes_more_than_eight_evaluations(spoken: Utterance, monkeypatch: pytest.MonkeyPatch) -> None:
    from avatar.diffusion.generator import Known

    counted: list[int] = []
    plain = Network.move

    def counting(self: Network, noisy, is_context, moment, conditions):  # type: ignore[no-untyped-def]
        counted.append(len(conditions))
        return plain(self, noisy, is_context, moment, conditions)

    monkeypatch.setattr(Network, "move", counting)
    sound = sound_of(at_16_khz(spoken), 90, 0.0)
    for guidance in (Guidance(sound=0.0), Guidance(), Guidance(sound=0.5, wishes=0.5)):
        counted.clear()
        wishes = np.full(6, 0.5, np.float32)
        still = np.zeros((90, HEARD_MOUTH.stop), np.float32)
        generator().motion(sound, Known(still, wishes=wishes, guidance=guidance), 0)
        assert 0 < sum(counted) <= MOST_EVALUATIONS


def test_guidance_by_the_sound_moves_the_head_further(spoken: Utterance) -> None:
    moved = [
        performed(spoken, Delivery(motion="diffusion", guidance=(share, 0.0))).channel("head_pitch_deg").std()
        for share in (0.0, 2.0)
    ]
    assert moved[1] > moved[0]


@pytest.mark.parametrize("fps", [25.0, 30.0, 60.0])
def test_a_frame_that_was_shown_does_not_change_as_more_is_made(spoken: Utterance, fps: float) -> None:
    delivery = Delivery(motion="diffusion")
    base = move(articulate(spoken, fps, -0.2, spoken.duration_s + 0.4), spoken, 3.0, delivery)
    stages = list(grow(generator(), spoken, base, 3.0, delivery))
    assert len(stages) >= 2
    whole = stages[-1][1].values
    assert stages[-1][0] == len(base) == len(whole)
    for settled, track in stages:
        assert (track.values[:settled] == whole[:settled]).all()
    assert np.abs(whole - base.values).max() > 0.3
    lead = round(LEAD_S * fps)
    assert (whole[:lead] == base.values[:lead]).all()


def test_each_window_is_there_before_the_one_before_it_has_been_shown(spoken: Utterance) -> None:
    base = move(articulate(spoken, 30.0, -0.2, spoken.duration_s + 0.4), spoken, 3.0, Delivery())
    settled = [0, *(settled for settled, _ in grow(generator(), spoken, base, 3.0, Delivery(motion="diffusion")))]
    assert np.diff(settled).max() / 30.0 <= WINDOW / FRAME_HZ


@pytest.mark.parametrize("end_s", [0.1, 0.4, 0.433, 0.467, 0.5])
def test_the_shortest_utterances_are_whole_too(spoken: Utterance, end_s: float) -> None:
    begun = begin(spoken, 30.0, -0.2, end_s, 3.0, Delivery(motion="diffusion"))
    whole = begun.whole()
    assert (whole.values == plan(spoken, 30.0, -0.2, end_s, 3.0, Delivery(motion="diffusion")).values).all()


def test_what_is_shown_while_it_is_made_is_what_a_film_shows(spoken: Utterance) -> None:
    delivery = Delivery(motion="diffusion", emotion="happy", pose_deg=(5.0, 0.0, 0.0))
    end_s = spoken.duration_s + spoken.sentence.pause_s
    begun, whole = begin(spoken, 30.0, -0.2, end_s, 3.0, delivery), plan(spoken, 30.0, -0.2, end_s, 3.0, delivery)
    for frame in whole:
        assert (begun.at(frame.time_s).values == frame.values).all()


def test_any_sampling_rate_is_heard_alike(spoken: Utterance) -> None:
    tone = np.sin(2 * np.pi * 200 * np.arange(48_000) / 48_000)
    heard = at_16_khz(recording(tone, 48_000))
    assert len(heard) == 16_000
    assert np.abs(heard - np.sin(2 * np.pi * 200 * np.arange(16_000) / 16_000))[2000:-2000].max() < 0.02


def test_nothing_jumps_where_the_next_utterance_takes_over(spoken: Utterance) -> None:
    asked = replace(spoken, sentence=Sentence("May Bob move five maps; probably?", "en"))
    delivery = Delivery(motion="diffusion")
    end_s = asked.duration_s + 0.35
    first = plan(asked, 30.0, -0.2, end_s, 0.0, delivery)
    second = plan(spoken, 30.0, -0.2, end_s, asked.duration_s + 0.35, delivery)
    taken_over = first.at(asked.duration_s + 0.15)
    for channel, most in (("head_yaw_deg", 0.4), ("head_pitch_deg", 0.4), ("brow_raise_left", 0.1)):
        assert abs(taken_over[channel] - second.frame(0)[channel]) < most


def test_without_its_weights_the_rules_move_a_text_and_a_recording_is_refused(
    spoken: Utterance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import avatar.diffusion.generator as generators

    monkeypatch.setattr(generators, "generator", lambda: generators.Generator(read_weights(tmp_path / "gone")[0]))
    by_rules = performed(spoken, Delivery(motion="rules"))
    assert (performed(spoken).values == by_rules.values).all()
    assert "the rules move the face instead" in caplog.text
    with pytest.raises(FaceError, match="cannot be read"):
        performed(replace(spoken, phones=(), words=()))
