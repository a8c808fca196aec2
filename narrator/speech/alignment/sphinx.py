"""espeak's utterance and a recording of the same English in, its phones' onsets out."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrator.flow import Utterance
from narrator.speech.alignment.arpabet import to_arpabet
from narrator.speech.alignment.features import RATE_HZ
from narrator.speech.worker_process import WorkerDied, WorkerProcess

_log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

_WORKER = Path(__file__).with_name("sphinx_worker.py")
_FRAME_S = 0.01
_FRAME_CENTRE_S = 0.0128
"""Half of the 25.6 ms window a frame is measured over: what it reports belongs there."""
_PADDING_S = 0.2
"""Silence on both sides: the model expects to begin and end in it."""
_TIME_LIMIT_S = 20.0
_TIME_LIMIT_PER_SECOND_S = 2.0
"""It runs at a tenth of real time."""


class Sphinx:
    """Starts its worker (model load: about half a second) with the first request."""

    def __init__(self) -> None:
        self._worker = WorkerProcess([sys.executable, "-I", str(_WORKER)])

    def onsets(self, reference: Utterance, speech: Floats) -> Floats | None:
        """Seconds at which each sounding phone of the reference begins in the 16 kHz speech; None: it refused."""
        groups = group_by_word(reference)
        spelled = [[to_arpabet(reference.phones[i].ipa) for i in group] for group in groups]
        request = {"words": [" ".join(phone for phones in word for phone in phones) for word in spelled]}
        if not all(request["words"]):
            return None
        padded = np.pad(speech, int(_PADDING_S * RATE_HZ))
        pcm = np.clip(padded, -32768, 32767).astype("<i2").tobytes()
        limit_s = _TIME_LIMIT_S + _TIME_LIMIT_PER_SECOND_S * len(speech) / RATE_HZ
        try:
            answer, _ = self._worker.ask(request, pcm, limit_s=limit_s)
        except WorkerDied as fault:
            _log.warning("pocketsphinx died on a sentence (%s)", fault)
            return None
        if "error" in answer:
            _log.info("pocketsphinx: %s", answer["error"])
            return None
        found = _first_frames(answer["phones"], spelled)
        return None if found is None else np.maximum(found - _PADDING_S, 0.0)

    def close(self) -> None:
        """Ends the worker."""
        self._worker.close()


def group_by_word(utterance: Utterance) -> list[list[int]]:
    """Indices of the sounding phones, one list for each stretch between word starts and silences."""
    starts = np.array(sorted({word.start_s for word in utterance.words}))
    groups: list[list[int]] = []
    current = -1
    for index, phone in enumerate(utterance.phones):
        if not phone.ipa:
            current = -1
            continue
        word = int(np.searchsorted(starts, phone.start_s + 1e-6))
        if word != current:
            groups.append([])
            current = word
        groups[-1].append(index)
    return groups


def _first_frames(found: list[list[int]], spelled: list[list[tuple[str, ...]]]) -> Floats | None:
    """The first frame of each IPA phone, which may be several ARPAbet phones, as seconds."""
    starts = [entry[2] for entry in found if entry[0] >= 0]
    counts = [len(phones) for word in spelled for phones in word]
    if len(starts) != sum(counts):
        return None
    firsts = np.cumsum([0, *counts])[:-1]
    times = np.array([starts[min(first, len(starts) - 1)] for first in firsts], dtype=np.float64)
    onsets: Floats = times * _FRAME_S + _FRAME_CENTRE_S
    return onsets
