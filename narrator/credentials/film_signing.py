"""A film and what it was made from in, the same film with signed Content Credentials (C2PA) out.

Nothing leaves this machine: no time-stamp authority is asked and nothing fetched. Picture, sound and captions stay
as they are, to the byte; a box with the manifest is put before them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

from narrator import __version__
from narrator.credentials.provenance import VOCABULARY, Provenance
from narrator.credentials.signing_key import key_folder, signing_key

_log = logging.getLogger(__name__)

FORMAT = "video/mp4"
PERFORMANCE = "narrator.performance"
"""The label of our own assertion: who is seen and heard."""
SETTINGS = {
    "verify": {"verify_after_sign": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "builder": {"thumbnail": {"enabled": False}},
    "core": {"merkle_tree_chunk_size_in_kb": 1024, "backing_store_memory_threshold_in_mb": 8},
}
"""Hashed in pieces, a film of 450 MB is signed within 12 MB of memory; as one whole it takes 360 MB."""


def film_signer(provenance: Callable[[], Provenance], folder: Path | None = None) -> Callable[[Path, Path], bool]:
    """What an output of films is given: film, where the signed one goes -> whether it is there. It never raises.

    provenance: asked when the film is whole, since what moves its face may change until then.
    folder: of the key, this user's own by default.
    """

    def sign(film: Path, signed: Path) -> bool:
        try:
            sign_film(film, signed, provenance(), folder or key_folder())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the film must not be lost
            _log.warning("the film has no Content Credentials: %s", " ".join(str(fault).split()))
            return False
        return True

    return sign


def sign_film(film: Path, signed: Path, provenance: Provenance, folder: Path) -> None:
    """Writes the film with its credentials to the path signed. Raises OSError, or c2pa's errors."""
    import c2pa

    key = signing_key(folder)
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", key.chain, key.private_key, None))
    with (
        c2pa.Context(c2pa.Settings.from_dict(SETTINGS), signer) as context,
        c2pa.Builder.from_json(json.dumps(manifest(provenance)), context) as builder,
        film.open("rb") as source,
        signed.open("w+b") as target,
    ):
        builder.sign(FORMAT, source, target)


def manifest(provenance: Provenance) -> dict[str, object]:
    """What is signed, in the words of c2pa's manifest definition."""
    generator = {"name": "narrator", "version": __version__}
    created = {
        "action": "c2pa.created",
        "softwareAgent": generator,
        "digitalSourceType": VOCABULARY + provenance.source_type,
    }
    seen_and_heard = {
        "presenter": provenance.presenter,
        "presenter_origin": provenance.presenter_origin,
        "voice": ", ".join(provenance.voices),
        "motion": ", ".join(provenance.motions),
    }
    return {
        "claim_generator_info": [generator],
        "format": FORMAT,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": PERFORMANCE, "data": seen_and_heard},
        ],
    }
