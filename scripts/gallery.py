"""The built-in presenters in, docs/gallery.md with each of them in every sound of English out.

Run as: .venv/bin/python -m scripts.gallery [NAME ...]; all presenters where none is named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from avatar.performer import Performer
from avatar.presenters.library import presenter_names
from narrator.flow import Delivery, Phone, RgbImage, Sentence, Utterance, Viewport
from narrator.outputs.caption_font import CaptionFonts
from narrator.speech.espeak_voice import EspeakVoice

PAGE = Path(__file__).resolve().parents[1] / "docs" / "gallery.md"
PICTURES = PAGE.with_suffix("")
MOUTH = Viewport(224, 168, 30.0, "mouth")
SIGNER, FACE = Viewport(480, 480, 30.0, "signer"), Viewport(480, 480, 30.0, "face")
DELIVERY = Delivery(reduced_motion=True)
COLUMNS = 9
LABEL_PX, LETTER_PX = 30, 19
INK, PAPER = (24, 24, 24), (255, 255, 255)
JPEG_QUALITY = 86

SOUNDS = (
    ("p", "put"), ("b", "bat"), ("m", "mat"), ("f", "fat"), ("v", "vat"), ("θ", "think"), ("ð", "that"),
    ("t", "tip"), ("d", "doll"), ("n", "not"), ("l", "lot"), ("s", "sir"), ("z", "zeal"), ("ʃ", "she"),
    ("ʒ", "measure"), ("tʃ", "chair"), ("dʒ", "join"), ("ɹ", "red"), ("w", "win"), ("j", "yes"), ("k", "call"),
    ("ɡ", "gas"), ("ŋ", "sing"), ("h", "hat"), ("iː", "beat"), ("ɪ", "bit"), ("ɛ", "bet"), ("æ", "bat"),
    ("ɑː", "odd"), ("ʌ", "but"), ("ə", "about"), ("ɔː", "bought"), ("ʊ", "book"), ("uː", "boot"), ("ɜː", "bird"),
    ("eɪ", "bait"), ("oʊ", "boat"), ("aɪ", "hide"), ("aʊ", "cow"), ("ɔɪ", "boy"),
)  # fmt: skip
"""IPA, and a word that has it."""
DIPHTHONGS = ("eɪ", "oʊ", "aɪ", "aʊ", "ɔɪ")
ALSO_WRITTEN = {"ə": ("ɐ",), "ɔː": ("ɔ", "ɑː")}
"""What else the voice may say in that word."""
BEGINNING, MIDDLE, END = 0.35, 0.5, 0.85
"""Shares of a sound's length at which it peaks."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame of the gallery."""

    label: str
    utterance: Utterance
    time_s: float


def main() -> None:
    """Draws the sheets of the presenters named, then the page."""
    PICTURES.mkdir(exist_ok=True)
    moments = list(moments_of(SOUNDS))
    for name in sys.argv[1:] or presenter_names():
        face = Performer(name)
        write(PICTURES / f"{name}_sounds.jpg", sheet(face, moments))
        write(PICTURES / f"{name}.jpg", np.hstack([face.rest(DELIVERY, view, 1.0) for view in (SIGNER, FACE)]))
    PAGE.write_text(page(presenter_names()), encoding="utf-8")


def moments_of(sounds: Sequence[tuple[str, str]]) -> Iterator[Moment]:
    """Where each sound peaks in its word; where a diphthong begins and where it ends."""
    voice = EspeakVoice()
    try:
        for ipa, word in sounds:
            utterance = voice.speak(Sentence(word, "en"), DELIVERY)
            phone = phone_in(utterance, ipa)
            for mark, share in (("", BEGINNING), (" →", END)) if ipa in DIPHTHONGS else (("", MIDDLE),):
                yield Moment(f"{ipa}{mark} {word}", utterance, phone.start_s + share * phone.duration_s)
    finally:
        voice.close()


def phone_in(utterance: Utterance, ipa: str) -> Phone:
    """The first phone of that sound. Raises LookupError where the voice says something else."""
    for wanted in (ipa, *ALSO_WRITTEN.get(ipa, ())):
        for phone in utterance.phones:
            if phone.ipa == wanted:
                return phone
    raise LookupError(f"no {ipa} in {utterance.sentence.text!r}: {[phone.ipa for phone in utterance.phones]}")


def sheet(face: Performer, moments: Sequence[Moment]) -> RgbImage:
    """All frames in rows, each above its label."""
    cells = [cell(face, moment) for moment in moments]
    blank = np.full_like(cells[0], PAPER)
    cells += [blank] * (-len(cells) % COLUMNS)
    rows = [np.hstack(cells[start : start + COLUMNS]) for start in range(0, len(cells), COLUMNS)]
    return np.vstack(rows)


def cell(face: Performer, moment: Moment) -> RgbImage:
    """One mouth above its sound and word."""
    drawn = face.perform(moment.utterance, DELIVERY, MOUTH, 0.0).draw(moment.time_s)
    picture = Image.new("RGB", (MOUTH.width, MOUTH.height + LABEL_PX), PAPER)
    picture.paste(Image.fromarray(drawn), (0, 0))
    font = CaptionFonts(LETTER_PX).font_for(moment.label)
    place = (MOUTH.width / 2, MOUTH.height + LABEL_PX / 2)
    ImageDraw.Draw(picture).text(place, moment.label, INK, font, anchor="mm")
    return np.asarray(picture)


def page(names: Sequence[str]) -> str:
    """The page, in Markdown."""
    words = ", ".join(f"{ipa} as in *{word}*" for ipa, word in SOUNDS)
    parts = [
        "# Gallery",
        "Every built-in presenter in every sound of English, in the frame where the sound peaks in its word, spoken\n"
        "by the default voice at the default exaggeration; of a diphthong the beginning and (→) the end. Drawn by one\n"
        "command, `.venv/bin/python -m scripts.gallery`.",
        f"The sounds: {words}.",
    ]
    for name in names:
        title = name.replace("-", " ").title()
        parts.append(f"## {title}")
        parts.append(f"![{title}, from the waist up and from the shoulders up](gallery/{name}.jpg)")
        parts.append(f"![{title}'s mouth in the sounds above, in that order](gallery/{name}_sounds.jpg)")
    return "\n\n".join(parts) + "\n"


def write(path: Path, picture: RgbImage) -> None:
    """A JPEG."""
    cv2.imwrite(str(path), np.ascontiguousarray(picture[:, :, ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])


if __name__ == "__main__":
    main()
