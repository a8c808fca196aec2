"""Voices become training pairs, pairs become weights, and a run that was cut off goes on where it was."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from avatar.articulation.target import HEIGHT
from avatar.diffusion.layout import MOTION, PLACE, SPEAKING, WINDOW
from avatar.diffusion.sound import FRAME_HZ
from avatar.diffusion.track import at_16_khz
from avatar.diffusion.weights import read_weights
from avatar.listening.layout import KIND
from avatar.motion_frame import INDEX, REST, MotionTrack
from avatar.training.batches import batches, scale_of
from avatar.training.figures import best_lag, blink_lengths_s, closures, quiet_frames, silent_frames, spoken_stretches
from avatar.training.labelled import aligned_speech, labelled_speech, phones_of, utterance_of
from avatar.training.listening_data import SHARD as LISTENING_SHARD
from avatar.training.listening_examples import example_of, quiet_example, stored
from avatar.training.no_speech import silent_pair, unsaid
from avatar.training.pairs import Pair, pair_of
from avatar.training.rivals import by_energy, by_rules
from avatar.training.speakers import HELD_OUT_TIMBRES, TIMBRES, Spoken, speakers
from avatar.training.storage import SHARD, read_shard, write_shard
from avatar.training.takes import pair_of_take, takes
from narrator.flow import Phone


@pytest.fixture(scope="module")
def said() -> list[Spoken]:
    return list(islice(speakers(3, flite=False), 3))


@pytest.fixture(scope="module")
def pairs(said: list[Spoken]) -> list[Pair]:
    return [*(pair_of(one, number) for number, one in enumerate(said)), silent_pair(9)]


def test_the_same_seed_speaks_and_moves_alike(said: list[Spoken], pairs: list[Pair]) -> None:
    again = next(speakers(3, flite=False))
    assert again.phones == said[0].phones
    assert (pair_of(again, 0).motion == pairs[0].motion).all()
    assert not set(TIMBRES) & set(HELD_OUT_TIMBRES)


def test_a_pair_knows_every_channel_of_every_frame(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert pair.motion.shape == (len(pair.hertz), len(MOTION))
        assert np.isfinite(pair.motion).all()
    assert all(pair.motion[:, PLACE["lips"]].max() > 0.5 for pair in pairs[:1])


def test_music_and_noise_teach_a_closed_mouth(pairs: list[Pair]) -> None:
    assert pairs[-1].motion[:, HEIGHT].max() == 0.0
    assert pairs[-1].motion[:, PLACE[SPEAKING]].max() == 0.0


def test_shards_give_back_what_went_in(pairs: list[Pair], tmp_path: Path) -> None:
    write_shard(tmp_path, 0, pairs)
    for read, pair in zip(read_shard(tmp_path / SHARD.format(0)), pairs, strict=True):
        assert read.speaker == pair.speaker
        assert np.abs(read.motion - pair.motion).max() < 0.02


def test_batches_hold_what_was_asked_for(pairs: list[Pair]) -> None:
    batch = next(batches(pairs, [], scale_of(pairs), 4, 0))
    assert batch.motion.shape[0] == 4
    assert batch.motion.shape[1] <= WINDOW
    assert all(np.isfinite(getattr(batch, name)).all() for name in ("sound", "motion", "known", "text", "wishes"))


def test_training_goes_on_from_its_checkpoint(pairs: list[Pair], tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed")
    from avatar.training.learning.train import Plan, train

    write_shard(tmp_path, 0, pairs)
    train(tmp_path, tmp_path / "run", Plan(steps=1, batch=2, warm_up=1))
    weights = train(tmp_path, tmp_path / "run", Plan(steps=2, batch=2, warm_up=1))
    arrays, notes = read_weights(weights)
    assert notes["steps"] == "2"
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_the_listening_network_learns_and_goes_on_from_its_checkpoint(said: list[Spoken], tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed")
    from avatar.listening.weights import listener
    from avatar.training.learning.learn_to_listen import Plan, learn

    examples = [example_of(one, [said[0].signal], number) for number, one in enumerate(said)]
    examples.append(quiet_example(unsaid(1), 1))
    np.savez(tmp_path / LISTENING_SHARD.format(0), **stored(examples))
    learn(tmp_path, tmp_path / "run", Plan(steps=1, warm_up=1))
    weights = learn(tmp_path, tmp_path / "run", Plan(steps=2, warm_up=1))
    assert read_weights(weights)[1]["steps"] == "2"
    heard = listener(weights).hear(examples[0].features)
    assert np.isfinite(heard.mouth).all()


def test_an_example_knows_what_is_said_and_where_nobody_speaks(said: list[Spoken]) -> None:
    one, quiet = example_of(said[0], [], 0), quiet_example(unsaid(1), 1)
    assert len(one.features) == len(one.kinds) == len(one.mouth)
    assert {KIND["silence"]} < set(one.kinds.tolist())
    assert set(quiet.kinds.tolist()) == {KIND["silence"]}
    assert one.mouth[one.kinds == KIND["silence"], HEIGHT].min() == 0.0


def test_a_short_textgrid_becomes_phones_without_gaps() -> None:
    grid = '"IntervalTier"\n"words"\n0\n1\n0\n"IntervalTier"\n"phones"\n0\n1\n2\n0.1\n0.2\n"B"\n0.3\n0.4\n"AA1"\n'
    assert [(phone.ipa, phone.stress) for phone in phones_of(grid)] == [("", 0), ("b", 0), ("", 0), ("ɑ", 2)]


def test_the_certain_mouth_finds_every_labelled_closure(shared_data: Path) -> None:
    for one in labelled_speech(shared_data / "labelled_speech"):
        spoken = spoken_stretches([(p.start_s, p.end_s) for p in one.known.phones if p.ipa])
        found = closures(by_rules(one.known), one.closures, spoken)
        assert found.recall == 1.0
        assert found.false == 0


def test_a_real_take_is_mapped_so_that_loud_is_open(shared_data: Path) -> None:
    folder = shared_data / "speech_and_mouth"
    pair = pair_of_take(folder, takes(folder)[0])
    loud = pair.bands.reshape(len(pair.hertz), -1).mean(axis=1)
    assert best_lag(pair.motion[:, HEIGHT], loud)[0] > 0.5
    assert np.isnan(pair.motion[:, PLACE["brow_furrow"]]).all()


def test_with_the_true_text_the_lips_are_closed_in_every_silence(shared_data: Path) -> None:
    looked_at = 0
    for one in [*labelled_speech(shared_data / "labelled_speech"), *aligned_speech(shared_data / "speech")]:
        track = by_rules(one.known)
        spoken = [(p.start_s, p.end_s) for p in one.known.phones if p.ipa]
        silent = silent_frames(spoken, track.start_s + np.arange(len(track)) / track.fps)
        silent |= quiet_frames(at_16_khz(one.known), len(track))
        looked_at += int(silent.sum())
        assert track.channel("lip_height_mm")[silent].max(initial=0.0) <= 0.3, one.name
    assert looked_at > 100


def test_silence_begins_150_ms_after_a_sound_and_ends_200_ms_before_the_next() -> None:
    times = np.arange(0, 2, 0.01)
    silent = times[silent_frames([(0.5, 0.7), (0.85, 1.0), (1.6, 1.8)], times)]
    between = silent[(silent > 1.0) & (silent < 1.6)]
    assert (between.min(), between.max()) == (pytest.approx(1.15), pytest.approx(1.40))
    assert not silent[(silent > 0.3) & (silent < 1.0)].size
    assert silent.max() == pytest.approx(1.99)


def test_the_length_of_a_blink_is_from_leaving_to_being_back() -> None:
    values = np.tile(REST, (60, 1))
    values[10:18, INDEX["eyelid_left"]] = 0.5
    values[55:, INDEX["eyelid_left"]] = 0.5
    track = MotionTrack(0.0, 30.0, ("",) * 60, values)
    assert blink_lengths_s(track) == [pytest.approx(8 / 30)]


def test_energy_opens_the_mouth_where_it_is_loud() -> None:
    tone = np.sin(2 * np.pi * 150 * np.arange(16_000) / 16_000) * np.repeat((0.0, 0.5), 8_000)
    track = by_energy(utterance_of((32767 * tone).astype(np.int16), 16_000))
    half = int(0.5 * FRAME_HZ)
    assert track.channel("lip_height_mm")[: half - 6].max() < track.channel("lip_height_mm")[half + 6 :].min()


def test_closings_that_no_label_asks_for_count_as_false() -> None:
    phones = (Phone("b", 0.2, 0.1), Phone("ɑ", 0.3, 0.4), Phone("m", 0.7, 0.1), Phone("ɑ", 0.8, 0.4))
    track = by_rules(utterance_of(np.zeros(22_400, np.int16), 16_000, phones))
    counted = closures(track, [(0.2, 0.3)], [(0.2, 1.2)])
    assert (counted.found, counted.false) == (1, 1)
