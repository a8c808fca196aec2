"""Who is seen and heard in a film in, what may truthfully be said of how it was made out.

Source types are those of IPTC's vocabulary (cv.iptc.org/newscodes/digitalsourcetype, version of 2024-09-17).
"""

from __future__ import annotations

from dataclasses import dataclass

from narrator.made_from import RECORDING, RULES

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC = "algorithmicMedia"
COMPOSITE = "compositeSynthetic"
WITH_TRAINED = "compositeWithTrainedAlgorithmicMedia"
PLAIN_WORDS = {
    ALGORITHMIC: "made by code alone, without a trained model",
    COMPOSITE: "put together from something recorded or painted and something synthetic",
    "trainedAlgorithmicMedia": "made by a trained model (generative AI)",
    WITH_TRAINED: "put together with parts made by a trained model (generative AI)",
    "digitalCapture": "recorded from real life with a camera",
    "computationalCapture": "recorded from real life, several exposures merged",
    "screenCapture": "recorded from a screen",
    "digitalCreation": "made by a person with ordinary tools",
    "humanEdits": "edited by a person",
    "algorithmicallyEnhanced": "altered by an algorithm",
    "virtualRecording": "a recording of a virtual event",
    "composite": "put together from several sources",
    "compositeCapture": "put together from several recordings of real life",
    "dataDrivenMedia": "made from data by a program",
}
"""The last part of a source type's address -> what it says to people."""
DRAWN, PICTURE = "drawn", "picture"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a film's credentials tell."""

    presenter: str
    """The presenter's name; of several, all."""
    presenter_origin: str
    """DRAWN by code, or made from a PICTURE."""
    voices: tuple[str, ...]
    """The names --voice takes, or made_from.RECORDING."""
    motions: tuple[str, ...]
    """All that moved the face at one time or another, as made_from names it."""

    @property
    def source_type(self) -> str:
        """The last part of the source type's address.

        algorithmicMedia is for what "an algorithm not based on any sampled training data" made; anything that a real
        picture, a recording or a voice of unknown make went into is compositeSynthetic. Whatever moves by anything but
        rules counts as moved by a trained model: of a motion that was written down nobody knows what made it.
        """
        if any(motion != RULES for motion in self.motions):
            return WITH_TRAINED
        is_coded = all(voice.partition(":")[0] not in ("system", RECORDING) for voice in self.voices)
        return ALGORITHMIC if self.presenter_origin == DRAWN and is_coded else COMPOSITE
