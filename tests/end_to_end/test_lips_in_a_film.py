"""The real program makes a film, and FaceMesh finds the face in it and sees its lips move."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.face_mesh import FaceMesh
from benchmarks.film_frames import film_frames, sound_seconds
from narrator.flow import Delivery

TEXT = "My mother may buy a big map, Pam, but Bob stops by the pub."
CLOSED = 0.015
"""Gap of the inner lips over the pupils' distance (lipreading.md, T1)."""
MARGIN_S = 0.05
LIPS = ("p", "b", "m")


@dataclass(frozen=True)
class Seen:
    """What FaceMesh saw in a film, and what was said when."""

    times: npt.NDArray[np.float64]
    gaps: npt.NDArray[np.float64]
    """NaN where no face was found."""
    phones: list[dict[str, float]]
    sound_s: float


def narrator(*words: str) -> str:
    """Runs the program; its standard output."""
    command = [sys.executable, "-m", "narrator", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout


WAYS = {
    "espeak": ("--voice", "espeak"),
    "system": ("--voice", "system"),
    "diffusion": ("--motion", "diffusion"),
    "shelf": (),
}
SMALL = ("--width", "640", "--height", "360")


@pytest.fixture(scope="module", params=list(WAYS))
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    film = tmp_path_factory.mktemp("film") / "said.mp4"
    way = WAYS[request.param]
    if request.param == "shelf":  # joined from sections, and encoded to a fifth of the size
        film.with_suffix(".txt").write_text(TEXT, encoding="utf-8")
        narrator("export", str(film.with_suffix(".txt")), "--into", str(film.parent), "--no-graphics-card", *SMALL)
    else:
        narrator("read", "--text", TEXT, *way, "--to", str(film), *SMALL)
    voice = way if "--voice" in way else ()
    phones = json.loads(narrator("phones", "--text", TEXT, *voice, "--json"))["phones"]
    with FaceMesh() as instrument:
        sightings = [(time_s, instrument.see(image)) for time_s, image in film_frames(film)]
    return Seen(
        times=np.array([time_s for time_s, _ in sightings]),
        gaps=np.array([sighting.gap if sighting else np.nan for _, sighting in sightings]),
        phones=phones,
        sound_s=sound_seconds(film),
    )


@pytest.mark.slow
def test_the_face_is_found_in_every_frame(seen: Seen) -> None:
    assert len(seen.gaps) > 60
    assert np.isfinite(seen.gaps).all()


@pytest.mark.slow
def test_every_p_b_and_m_is_seen_to_close_on_two_frames_in_a_row(seen: Seen) -> None:
    preroll_s = Delivery().preroll_s + 1 / 30  # the sound comes one frame after what is drawn
    missed = []
    lips = [phone for phone in seen.phones if str(phone["ipa"]).startswith(LIPS)]
    for phone in lips:
        start_s = preroll_s + phone["start_s"] - MARGIN_S
        end_s = preroll_s + phone["start_s"] + phone["duration_s"] + MARGIN_S
        is_closed = seen.gaps[(seen.times >= start_s) & (seen.times <= end_s)] <= CLOSED
        if not (is_closed[1:] & is_closed[:-1]).any():
            missed.append(phone)
    assert len(lips) >= 10
    assert not missed


@pytest.mark.slow
def test_the_mouth_is_seen_to_open_between(seen: Seen) -> None:
    assert np.nanmax(seen.gaps) > 0.12
    assert (seen.gaps > 0.02).mean() > 0.3


@pytest.mark.slow
def test_the_film_has_the_sound_of_the_whole_sentence(seen: Seen) -> None:
    last = seen.phones[-1]
    assert seen.sound_s >= last["start_s"] + last["duration_s"]
