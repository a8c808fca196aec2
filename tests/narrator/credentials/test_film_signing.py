"""A signed film is the same film with credentials, and a failure to sign never costs the film."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from narrator.credentials.film_reading import State, read_credentials
from narrator.credentials.film_signing import film_signer, sign_film
from narrator.credentials.provenance import DRAWN, Provenance

MADE_FROM = Provenance("ada", DRAWN, ("espeak",), ("rules",))


def packets(path: Path) -> list[tuple[str, int | None, bytes]]:
    """Everything in a film as (kind, time, bytes)."""
    with av.open(str(path)) as film:
        return [(packet.stream.type, packet.pts, bytes(packet)) for packet in film.demux()]


def test_picture_sound_and_captions_are_the_same_to_the_byte(film: Path, tmp_path: Path) -> None:
    signed = tmp_path / "signed.mp4"
    sign_film(film, signed, MADE_FROM, tmp_path / "key")
    assert packets(signed) == packets(film)
    assert {kind for kind, _, _ in packets(signed)} == {"video", "audio", "subtitle"}
    with av.open(str(signed)) as again:
        frames = [frame.to_ndarray(format="gray") for frame in again.decode(video=0)]
    assert len(frames) == 30
    assert np.diff([frame.mean() for frame in frames]).min() > 3  # it still grows lighter


def test_nothing_is_asked_of_a_network_and_no_key_is_in_the_film(film: Path, tmp_path: Path) -> None:
    signed = tmp_path / "signed.mp4"
    sign_film(film, signed, MADE_FROM, tmp_path / "key")
    grown = signed.read_bytes()
    assert b"PRIVATE KEY" not in grown
    assert len(grown) - film.stat().st_size < 20_000
    assert str(tmp_path).encode() not in grown  # nor where it was made


def test_a_film_that_cannot_be_signed_is_kept_with_one_line_of_warning(
    film: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "key").write_text("a file where the key's folder should be")
    before = film.read_bytes()
    with caplog.at_level(logging.WARNING):
        assert not film_signer(lambda: MADE_FROM, tmp_path / "key")(film, tmp_path / "signed.mp4")
    assert film.read_bytes() == before
    assert [record.getMessage().startswith("the film has no Content Credentials: ") for record in caplog.records] == [
        True
    ]


def test_a_film_signed_twice_is_valid(film: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.mp4", tmp_path / "twice.mp4"
    sign_film(film, once, MADE_FROM, tmp_path / "key")
    sign_film(once, twice, Provenance("grace", DRAWN, ("espeak",), ("rules",)), tmp_path / "key")
    read = read_credentials(twice, tmp_path / "key")
    assert (read.state, read.presenter) == (State.VALID, "grace")


SIGN_A_LONG_ONE = """
import resource, sys
from pathlib import Path
from narrator.credentials.film_signing import sign_film
from narrator.credentials.provenance import Provenance
film, key = Path(sys.argv[1]), Path(sys.argv[2])
made_from = Provenance("ada", "drawn", ("espeak",), ("rules",))
sign_film(film, film.with_suffix(".1"), made_from, key)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with film.open("ab") as grown:  # a box of padding that players skip and the signature covers
    grown.write((96 << 20).to_bytes(4, "big") + b"junk" + bytes((96 << 20) - 8))
sign_film(film, film.with_suffix(".2"), made_from, key)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it counts memory in KiB")
def test_a_long_film_is_never_held_in_memory(film: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SIGN_A_LONG_ONE, str(film), str(tmp_path / "key")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert int(done.stdout) < 30, "MiB more than for a short film"
