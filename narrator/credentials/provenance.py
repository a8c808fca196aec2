"""Who is seen and heard in a film in, what may truthfully be said of how it was made out.

Source types are those of IPTC's vocabulary (cv.iptc.org/newscodes/digitalsourcetype, version of 2024-09-17).
"""

from __future__ import annotations

from dataclasses import dataclass

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC = "algorithmicMedia"
COMPOSITE = "compositeSynthetic"
PLAIN_WORDS = {
    ALGORITHMIC: "made by code alone, without a trained model",
    COMPOSITE: "put together from something recorded or painted and something synthetic",
    "trainedAlgorithmicMedia": "made by a trained model (generative AI)",
    "compositeWithTrainedAlgorithmicMedia": "put together with parts made by a trained model (generative AI)",
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
    """The presenter's name."""
    presenter_origin: str
    """DRAWN by code, or made from a PICTURE."""
    voice: str
    """The name --voice takes."""

    @property
    def source_type(self) -> str:
        """The last part of the source type's address.

        algorithmicMedia is for what "an algorithm not based on any sampled training data" made; anything that a real
        picture or a voice of unknown make went into is compositeSynthetic. Motion is by rule so far; what a trained
        motion model moves will have to be called compositeWithTrainedAlgorithmicMedia.
        """
        is_coded = self.voice.partition(":")[0] != "system"
        return ALGORITHMIC if self.presenter_origin == DRAWN and is_coded else COMPOSITE
