"""What is heard is told the same whether it comes whole or in pieces, and contacts and silences are cut out of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.diffusion.weights import write_weights
from avatar.listening.acoustic_model import PHONES, REACH, acoustic_model
from avatar.listening.contacts import contacts_of, silences_of
from avatar.listening.features import FEATURES, Colour, features_of, look_times, rows
from avatar.listening.layout import KIND, NAMES, kind_of
from avatar.listening.network import LOOK_AHEAD, PAST, Heard, Listener
from avatar.listening.spectra import BANDS, LOOKS_HZ, RATE_HZ, Cleaner, Floats, band_power, cepstra
from avatar.listening.stream import DELAY_S, KEPT, Ears
from avatar.listening.weights import WEIGHTS, listener
from narrator.errors import FaceError
from narrator.flow import Delivery, Sentence
from narrator.speech.espeak_voice import EspeakVoice


@pytest.fixture(scope="module")
def said() -> Floats:
    voice = EspeakVoice()
    try:
        utterance = voice.speak(Sentence("Sea shells see a bee; maybe mum may move.", "en"), Delivery())
    finally:
        voice.close()
    whole = np.interp(
        np.arange(0, len(utterance.samples), utterance.rate_hz / RATE_HZ),
        np.arange(len(utterance.samples)),
        utterance.samples,
    )
    return (whole / 32768).astype(np.float32)


def heard_of(lips: Floats) -> Heard:
    kinds = np.zeros((len(lips), len(NAMES)), np.float32)
    kinds[:, KIND["stop"]] = lips
    kinds[:, KIND["open"]] = 1 - lips
    return Heard(kinds, np.zeros((len(lips), 12), np.float32))


def test_every_phone_is_scored_best_where_nothing_beats_it(said: Floats) -> None:
    clean, _ = Cleaner().clean(band_power(said))
    bands = np.log(clean)
    scores = acoustic_model().scores(cepstra(bands - bands.mean(axis=0)))
    assert scores.shape == (len(clean) - 2 * REACH, len(PHONES))
    assert (scores.max(axis=1) == 0).all()
    best = {PHONES[place] for place in scores.argmax(axis=1)}
    assert {"S", "SH"} & best
    assert len(best) > 8


def test_a_steady_hiss_is_taken_off_and_speech_is_not(said: Floats) -> None:
    chance = np.random.default_rng(0)
    hiss = band_power((0.01 * chance.standard_normal(5 * RATE_HZ)).astype(np.float32))
    assert (Cleaner().clean(hiss)[0][300:].mean(axis=0) < 0.8 * hiss[300:].mean(axis=0)).all()
    power = band_power(said)
    loud = power.sum(axis=1) > np.percentile(power.sum(axis=1), 80)
    assert Cleaner().clean(power)[0][loud].sum() > 0.5 * power[loud].sum()


def test_features_tell_the_sound_and_neither_its_level_nor_its_microphone(said: Floats) -> None:
    whole = features_of(said)
    assert whole.shape[1] == FEATURES
    quieter = features_of(said / 4)
    speech = np.abs(whole[:, 0]) < 3
    assert np.abs(whole - quieter)[speech].mean() < 0.05
    assert look_times(len(whole))[-1] == pytest.approx(len(said) / RATE_HZ, abs=0.03)


def test_rows_need_looks_on_either_side() -> None:
    power = np.full((20, BANDS), 100.0)
    inside = power[REACH:-REACH]
    assert rows(power, inside, inside, Colour(np.zeros(BANDS), 0.0)).shape == (20 - 2 * REACH, FEATURES)


@pytest.mark.parametrize(
    ("ipa", "kind"),
    [("p", "stop"), ("bʲ", "stop"), ("m", "hum"), ("fː", "tuck"), ("tʃ", "sibilant"), ("t", "front"), ("", "silence")],
)
def test_sounds_are_sorted_by_what_the_mouth_does(ipa: str, kind: str) -> None:
    assert NAMES[kind_of(ipa)] == kind


def test_the_shipped_network_hears_what_a_known_voice_says(said: Floats) -> None:
    heard = listener().hear(features_of(said))
    assert np.allclose(heard.kinds.sum(axis=1), 1, atol=1e-4)
    found = [name for name, _, _ in contacts_of(heard)]
    assert found.count("lips") >= 4
    assert "sibilant" in found


def test_a_stream_hears_what_the_whole_recording_says(said: Floats) -> None:
    quiet = np.zeros(RATE_HZ // 2, np.float32)
    signal = np.concatenate([said, said, quiet])
    ears = Ears(listener())
    for first in range(0, len(signal), 500):
        ears.push(signal[first : first + 500])
        heard, _, first_s = ears.heard()
    whole = listener().hear(features_of(signal))
    place = round(first_s * LOOKS_HZ)
    settled = KEPT - round(DELAY_S * LOOKS_HZ) - 2
    live, known = heard.kinds[:settled].argmax(axis=1), whole.kinds[place : place + settled].argmax(axis=1)
    assert (live == known).mean() > 0.7


def test_a_stream_of_minutes_needs_no_more_memory_than_one_of_seconds() -> None:
    ears = Ears(listener())
    block = np.zeros(RATE_HZ, np.float32)
    sizes = []
    for _ in range(12):
        ears.push(block)
        ears.heard()
        sizes.append(sum(one.rows.nbytes for one in (ears._bands, ears._voice, ears._features, ears._kinds)))
    assert sizes[-1] == sizes[2]


def test_a_trembling_chance_is_one_contact_and_a_faint_one_is_none() -> None:
    lips = np.full(100, 0.02, np.float32)
    lips[30:38] = (0.8, 0.5, 0.9, 0.5, 0.8, 0.6, 0.9, 0.5)
    lips[70:74] = 0.15
    contacts = contacts_of(heard_of(lips))
    assert [name for name, _, _ in contacts] == ["lips"]
    assert contacts[0][1] == pytest.approx(0.31, abs=0.03)


def test_short_pauses_are_no_silence_and_the_last_goes_on() -> None:
    quiet = np.zeros(100, bool)
    quiet[20:30] = quiet[40:65] = quiet[90:] = True
    silences = silences_of(heard_of(np.zeros(100, np.float32)), quiet)
    assert [round(end - start, 2) for start, end in silences if np.isfinite(end)] == [0.25]
    assert silences[-1][1] == np.inf
    assert not [
        one for one in silences_of(heard_of(np.zeros(100, np.float32)), quiet, goes_on_s=0.2) if one[1] == np.inf
    ]


def test_one_look_against_its_neighbours_and_speech_itself_is_not_believed() -> None:
    kinds = np.full((60, len(NAMES)), 0.01, np.float32)
    kinds[:, KIND["open"]] = 0.9
    kinds[20, KIND["stop"]], kinds[20, KIND["open"]] = 0.6, 0.3
    kinds[40:47, KIND["stop"]], kinds[40:47, KIND["open"]] = 0.6, 0.3
    read = listener().sequence.read(kinds)
    assert np.allclose(read.sum(axis=1), 1, atol=1e-4)
    assert read[20, KIND["stop"]] < 0.5 * read[43, KIND["stop"]]


def test_it_hears_no_further_than_it_says() -> None:
    features = np.random.default_rng(0).normal(size=(200, FEATURES)).astype(np.float32)
    changed = features.copy()
    changed[120:] = 0
    here, there = (listener().hear(one).kinds for one in (features, changed))
    assert np.allclose(here[: 120 - LOOK_AHEAD], there[: 120 - LOOK_AHEAD], atol=1e-5)
    assert not np.allclose(here[119], there[119], atol=1e-5)
    assert PAST > 0


def test_numpy_and_torch_hear_the_same() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    from avatar.training.learning.torch_listener import TorchListener

    network = TorchListener().eval()
    features = np.random.default_rng(1).normal(size=(150, FEATURES)).astype(np.float32)
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    weights |= {"scale.mean": np.zeros(12, np.float32), "scale.spread": np.ones(12, np.float32)}
    weights |= {name: value for name, value in listener().weights.items() if name.startswith("sequence.")}
    with torch.no_grad():
        told = network(torch.from_numpy(features)[None])[0].numpy()
    heard = Listener(weights).hear(features)
    assert np.abs(heard.mouth - told[:, len(NAMES) :])[PAST:-LOOK_AHEAD].max() < 1e-3


def test_weights_of_another_layout_are_refused(tmp_path: Path) -> None:
    write_weights(tmp_path / "w.safetensors", {"a": np.zeros(1)}, {"layout": "lips"})
    with pytest.raises(FaceError, match="layout"):
        listener(tmp_path / "w.safetensors")
    assert WEIGHTS.stat().st_size < 5_000_000
