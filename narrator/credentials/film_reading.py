"""A film in, what its Content Credentials say and whether it was changed since out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from narrator.credentials.film_signing import FORMAT, PERFORMANCE
from narrator.credentials.provenance import PLAIN_WORDS
from narrator.credentials.signing_key import stored_key

LONGEST = 120
"""Characters of any one thing a foreign file says."""


class State(StrEnum):
    """How a film stands to what was signed."""

    VALID = "valid"
    """Not a byte was changed since it was signed."""
    TAMPERED = "tampered"
    """It was changed after it was signed, or its credentials were."""
    ABSENT = "absent"
    """It carries none."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was read; empty where the film does not say. Only VALID credentials are to be believed."""

    state: State
    generator: str = ""
    source_type: str = ""
    """The last part of the IPTC address."""
    presenter: str = ""
    presenter_origin: str = ""
    voice: str = ""
    motion: str = ""
    """What moved the face."""
    signed_here: bool = False
    """With this user's own key."""
    fault: str = ""
    """What does not fit, in C2PA's words."""

    @property
    def in_plain_words(self) -> str:
        """One line for people."""
        if self.state is State.ABSENT:
            return "absent: the film carries no Content Credentials, so it does not say how it was made"
        made = f"made with {self.generator or 'a program that does not name itself'}"
        if self.state is State.TAMPERED:
            return f"tampered: the film or its credentials were changed after it was {made} ({self.fault})"
        how = PLAIN_WORDS.get(self.source_type, "in a way this version does not know")
        says = [f"valid: unchanged since it was {made}", f"{self.source_type or 'no source type'}, that is {how}"]
        if self.presenter:
            origin = {"picture": ", made from a picture", "drawn": ", drawn by code"}.get(self.presenter_origin, "")
            says.append(f"presenter {self.presenter}{origin}")
        if self.voice:
            says.append(f"voice {self.voice}")
        if self.motion:
            says.append(f"face moved by {self.motion}")
        says.append("signed with your own key" if self.signed_here else "signed with a key that is not your own")
        return "; ".join(says)


def read_credentials(film: Path, key_folder: Path) -> Credentials:
    """Reads them, offline. Raises OSError where the file or the library cannot be read."""
    try:
        import c2pa
    except (ImportError, RuntimeError) as fault:
        raise OSError(f"c2pa-python does not load ({fault})") from fault
    settings: dict[str, Any] = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
    own = stored_key(key_folder)
    if own is not None:
        settings["trust"] = {"user_anchors": own.authority}
    try:
        with (
            film.open("rb") as source,
            c2pa.Context(c2pa.Settings.from_dict(settings)) as context,
            c2pa.Reader(FORMAT, source, context=context) as reader,
        ):
            told = json.loads(reader.json())
        return _understood(told)
    except c2pa.C2paError.ManifestNotFound:
        return Credentials(State.ABSENT)
    except (c2pa.C2paError, ValueError, LookupError, TypeError, AttributeError) as fault:  # a foreign file may say all
        return Credentials(State.TAMPERED, fault=_printable(f"unreadable: {fault}"))


def _understood(told: dict[str, Any]) -> Credentials:
    active = told["manifests"][told["active_manifest"]]
    assertions = {entry["label"]: entry.get("data") for entry in active.get("assertions", [])}
    generators = active.get("claim_generator_info") or [{}]
    performance = assertions.get(PERFORMANCE)
    of_performance = performance if isinstance(performance, dict) else {}
    state = told.get("validation_state")
    return Credentials(
        State.VALID if state in ("Valid", "Trusted") else State.TAMPERED,
        generator=_printable(f"{generators[0].get('name', '')} {generators[0].get('version', '')}"),
        source_type=_printable(_source_type(assertions)),
        presenter=_printable(of_performance.get("presenter", "")),
        presenter_origin=_printable(of_performance.get("presenter_origin", "")),
        voice=_printable(of_performance.get("voice", "")),
        motion=_printable(of_performance.get("motion", "")),
        signed_here=state == "Trusted",
        fault=_printable(", ".join(_failures(told))),
    )


def _source_type(assertions: dict[str, Any]) -> str:
    """Of the first action that names one."""
    for label, data in assertions.items():
        if label.startswith("c2pa.actions") and isinstance(data, dict):
            for action in data.get("actions", []):
                if source := action.get("digitalSourceType"):
                    return str(source).rpartition("/")[2]
    return ""


def _failures(told: dict[str, Any]) -> list[str]:
    of_film = told.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    return [failure.get("code", "") for failure in of_film if failure.get("code") != "signingCredential.untrusted"]


def _printable(text: object) -> str:
    """A foreign file may hold what steers a terminal."""
    return "".join(letter for letter in str(text) if letter.isprintable()).strip()[:LONGEST]
