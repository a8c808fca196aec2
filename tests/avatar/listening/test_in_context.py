"""Phones are heard between their neighbours, in a voice that is made to fit: each step is what its formula says."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from avatar.diffusion.heard_mouth import heard_speech
from avatar.diffusion.track import at_16_khz
from avatar.listening import phone_loop as loops
from avatar.listening.acoustic_model import AcousticModel, acoustic_model
from avatar.listening.adaptation import adapted_to
from avatar.listening.features import features_of, voice_loudness
from avatar.listening.in_context import agreed, in_kinds, kinds_in_context, phones_in_context
from avatar.listening.layout import ENGLISH, KIND, NAMES
from avatar.listening.phone_loop import PhoneLoop
from avatar.listening.spectra import LOOKS_HZ, RATE_HZ, Floats
from avatar.listening.sphinx_files import PHONES, STATES, SphinxModel, following, sphinx_model
from avatar.listening.weights import listener
from avatar.training.figures import spoken_stretches
from avatar.training.labelled import Labelled, labelled_speech
from narrator.flow import Delivery, Sentence
from narrator.speech.alignment.resample import resample
from narrator.speech.espeak_voice import EspeakVoice


def tiny_model(phones: int = 2) -> SphinxModel:
    """Phones whose states, alone and in context, are all their own."""
    chance = np.random.default_rng(0)
    owner = np.repeat(np.arange(phones), phones * phones * STATES).astype(np.int32)
    in_context = np.empty((phones, phones, phones, STATES), np.int32)
    for left, phone, right, state in product(range(phones), range(phones), range(phones), range(STATES)):
        in_context[left, phone, right, state] = ((phone * phones + left) * phones + right) * STATES + state
    moves = np.zeros((phones, STATES, STATES + 1), np.float32)
    for phone, state in product(range(phones), range(STATES)):
        moves[phone, state, state] = chance.uniform(0.3, 0.7)
        moves[phone, state, state + 1] = 1 - moves[phone, state, state]
    nothing = np.zeros((phones, 3, 1, 13))
    return SphinxModel(nothing, nothing + 1, [], owner, in_context, moves)


def by_every_path(model: SphinxModel, after: Floats, fits: Floats) -> Floats:
    """(looks, states) chances, by going through all paths there are."""
    looks, phones = len(fits), len(after)
    places = list(product(range(phones), range(phones), range(phones), range(STATES)))
    chances = np.zeros(fits.shape)
    for path in product(places, repeat=looks):
        left, phone, right, state = path[0]
        weight = after[left, phone, right] / phones**2 * (state == 0)
        for look, (one, other) in enumerate(zip(path, path[1:], strict=False)):
            weight *= fits[look, model.in_context[one]] * _move(model, after, one, other)
        weight *= fits[-1, model.in_context[path[-1]]]
        for look, place in enumerate(path):
            chances[look, model.in_context[place]] += weight
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), np.float32)


def _move(model: SphinxModel, after: Floats, one: tuple[int, ...], other: tuple[int, ...]) -> float:
    if one[:3] == other[:3] and other[3] in (one[3], one[3] + 1):
        return float(model.moves[one[1], one[3], other[3]])
    if one[3] == STATES - 1 and other[3] == 0 and other[:2] == one[1:3]:
        return float(model.moves[one[1], one[3], STATES] * after[other[:3]])
    return 0.0


@pytest.fixture(scope="module")
def said() -> Floats:
    voice = EspeakVoice()
    try:
        utterance = voice.speak(Sentence("Seven boys sang a happy song for us. She sees his face.", "en"), Delivery())
    finally:
        voice.close()
    return (resample(utterance.samples, utterance.rate_hz, RATE_HZ) / 32768).astype(np.float32)


def test_the_loop_finds_what_going_through_every_path_finds() -> None:
    model, chance = tiny_model(), np.random.default_rng(1)
    after = chance.dirichlet(np.ones(2), (2, 2)).astype(np.float32)
    likelihoods = chance.normal(0, 2, (4, len(model.owner))).astype(np.float32)
    found = PhoneLoop(model, after).states(likelihoods)
    fits = np.exp(loops.TRUST * (likelihoods - likelihoods.max(axis=1, keepdims=True)))
    assert np.abs(found - by_every_path(model, after, fits)).max() < 1e-4


def test_pieces_with_their_margins_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    model, chance = tiny_model(), np.random.default_rng(2)
    after = chance.dirichlet(np.ones(2), (2, 2)).astype(np.float32)
    likelihoods = chance.normal(0, 2, (500, len(model.owner))).astype(np.float32)
    in_pieces = PhoneLoop(model, after).states(likelihoods)
    monkeypatch.setattr(loops, "PIECE", 1000)
    assert np.abs(in_pieces - PhoneLoop(model, after).states(likelihoods)).max() < 1e-3


def test_a_voice_that_was_turned_and_shifted_is_turned_back() -> None:
    model, chance = acoustic_model(), np.random.default_rng(3)
    states = np.repeat(chance.permutation(len(sphinx_model().owner))[:1200], 4)
    spoken = [_typical(model, number, states, chance) for number in range(3)]
    turn = np.eye(13) + chance.normal(0, 0.03, (13, 13))
    changed = [np.asarray(one @ turn.T + 0.4, np.float32) for one in spoken]
    certain = np.zeros((len(states), len(sphinx_model().owner)), np.float32)
    certain[np.arange(len(states)), states] = 1.0
    back = adapted_to(model, changed, spoken, certain)(changed)
    for one, heard, before in zip(spoken, back, changed, strict=True):
        assert np.abs(heard - one).mean() < 0.5 * np.abs(before - one).mean()


def _typical(model: AcousticModel, number: int, states: np.ndarray, chance: np.random.Generator) -> Floats:  # type: ignore[type-arg]
    """(looks, 13) a draw from the Gaussian that each state likes best."""
    stream, rows = model.streams[number], []
    shape = (13, len(PHONES), -1)
    precision, pull = stream.precision.reshape(shape), stream.pull.reshape(shape)
    for state in states:
        phone = int(sphinx_model().owner[state])
        best = stream.weights[phone][:, state - model.first[phone]].argmax()
        deviation = 1 / np.sqrt(precision[:, phone, best])
        rows.append(pull[:, phone, best] * deviation**2 + deviation * chance.standard_normal(13))
    return np.array(rows, np.float32)


def test_phones_in_context_are_chances_and_find_the_sibilants(said: Floats) -> None:
    phones = phones_in_context(said)
    assert np.allclose(phones.sum(axis=1), 1, atol=1e-3)
    kinds = in_kinds(phones)
    assert np.allclose(kinds.sum(axis=1), 1, atol=1e-3)
    loudest = kinds[:, KIND["sibilant"]] > 0.8
    assert 0.1 * LOOKS_HZ < loudest.sum() < 0.4 * len(kinds)


def test_what_is_shorter_than_a_look_is_nothing() -> None:
    assert kinds_in_context(np.zeros(100, np.float32)).shape == (0, len(NAMES))


def test_english_phones_follow_each_other_with_chances() -> None:
    after = following()
    assert np.allclose(after.sum(axis=2), 1, atol=1e-4)
    place = PHONES.index
    assert after[place("S"), place("T"), place("R")] > 20 * after[place("S"), place("T"), place("NG")]


def test_every_english_phone_has_its_kind() -> None:
    assert len(ENGLISH) == len(PHONES)
    named = dict(zip(PHONES, ENGLISH, strict=True))
    assert (named["P"], named["M"], named["V"], named["DH"], named["SIL"]) == (
        "stop",
        "hum",
        "tuck",
        "tongue",
        "silence",
    )


def test_agreement_needs_both_and_is_certain_where_both_are() -> None:
    sure, unsure = np.array([[0.9, 0.1]], np.float32), np.array([[0.1, 0.9]], np.float32)
    assert agreed(sure, sure)[0, 0] > 0.85
    assert 0.2 < agreed(sure, unsure)[0, 0] < 0.8


def test_of_real_people_as_many_closures_are_found_and_half_as_many_false_ones_as_by_the_network_alone(
    shared_data: Path,
) -> None:
    alone, together = np.zeros(2), np.zeros(2)
    for one in labelled_speech(shared_data / "labelled_speech"):
        signal = at_16_khz(one.unknown)
        heard, loud = listener().hear(features_of(signal)), voice_loudness(signal)
        kinds = kinds_in_context(signal)
        alone += found_and_false(one, heard_speech(listener().sequence, heard, loud).contacts)
        together += found_and_false(one, heard_speech(listener().sequence, heard, loud, in_context=kinds).contacts)
    assert together[0] >= alone[0]
    assert together[1] <= 0.6 * alone[1]


def found_and_false(one: Labelled, contacts: tuple[tuple[str, float, float], ...]) -> tuple[int, int]:
    """How many P B M are within 40 ms of a contact of the lips, and how many contacts in speech are near none."""
    lips = [(start, end) for name, start, end in contacts if name == "lips"]
    near = [[start <= last + 0.04 and end >= first - 0.04 for first, last in one.closures] for start, end in lips]
    spoken = spoken_stretches([(phone.start_s, phone.end_s) for phone in one.known.phones if phone.ipa])
    inside = [any(low < 0.5 * (start + end) < high for low, high in spoken) for start, end in lips]
    return int(np.any(near, axis=0).sum()), sum(there and not any(row) for there, row in zip(inside, near, strict=True))


@pytest.mark.parametrize("sound", ["nothing", "noise", "a square wave"])
def test_what_fits_no_phone_is_heard_to_its_end_and_closes_no_lips(sound: str) -> None:
    times = np.arange(RATE_HZ)
    signal = {
        "nothing": np.zeros(RATE_HZ),
        "noise": 0.1 * np.random.default_rng(4).standard_normal(RATE_HZ),
        "a square wave": np.sign(np.sin(0.2 * times)),
    }[sound].astype(np.float32)
    assert np.allclose(kinds_in_context(signal).sum(axis=1), 1, atol=1e-3)
    heard = listener().hear(features_of(signal))
    read = heard_speech(listener().sequence, heard, voice_loudness(signal), in_context=kinds_in_context(signal))
    assert read.contacts == ()
