"""A face that speaks in, its film's size and how well the mouth keeps in it, around the shelf's setting, out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.face_mesh import INNER_LIPS, MOUTH_CORNERS, FaceMesh
from benchmarks.figure import Figure
from narrator import assemble
from narrator.export import section_file
from narrator.flow import Block, BlockKind, Passage
from narrator.outputs import film_tracks, mp4_writer
from narrator.outputs.film_timeline import FilmTimeline
from narrator.pipeline import Cast, in_turn
from narrator.settings import Settings

Planes = npt.NDArray[np.uint8]

TEXT = (
    "My mother may buy a big map, Pam, but Bob stops by the pub. Five thin fish swam over the wharf. "
    "He told us that the path over the cliffs was closed, but that everyone used it anyway."
)
FRAMES, RATE = 360, Fraction(30)
AROUND = (-5, -3, -1, 0, 1, 3)
"""CRF values beside section_file.QUALITY_CRF."""
LOOK_EVERY = 15
"""FaceMesh looks for the mouth in one frame of so many."""
MARGIN = 0.4
"""Of the mouth's width, around all places it is seen at: lips, and the skin that moves with them."""
SSIM_SIGMA, SSIM_WINDOW, SSIM_K1, SSIM_K2 = 1.5, (11, 11), 0.01, 0.03
"""Wang et al. 2004, section III.C."""
WHITE = 255.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of the pictures in a film."""

    kib_a_second: float
    mouth_ssim: float
    worst_ssim: float
    """Of the worst frame's mouth."""
    mouth_db: float
    """Peak signal to noise, brightness alone."""
    whole_db: float


def measure() -> Iterator[Figure]:
    """At 1280x720 by the default presenter, beside the film that somebody waits for (narrator read --to FILE.mp4)."""
    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as folder:
        pictures = drawn(Path(folder) / "pictures.npy")
        mouth = mouth_of(pictures)
        waited = kept(pictures, mouth, mp4_writer.PRESET, film_tracks.WAITED_FOR)
        yield from _figures(
            f"read --to, {film_tracks.WAITED_FOR[0].upper()} {film_tracks.WAITED_FOR[1]}", waited, waited
        )
        for step in AROUND:
            crf = section_file.QUALITY_CRF + step
            yield from _figures(f"export, CRF {crf}", kept(pictures, mouth, section_file.PRESET, ("crf", crf)), waited)


def _figures(name: str, film: Kept, waited: Kept) -> Iterator[Figure]:
    size = f"read --to, {waited.kib_a_second:.0f} KiB/s; mouth {film.mouth_db:.1f} dB, whole {film.whole_db:.1f} dB"
    yield Figure(f"{name}: a film", film.kib_a_second, "KiB/s", size, film.kib_a_second / waited.kib_a_second)
    lost, by_wait = 1 - film.mouth_ssim, 1 - waited.mouth_ssim
    told = f"what read --to loses, {by_wait:.4f}; worst frame SSIM {film.worst_ssim:.4f} ({waited.worst_ssim:.4f})"
    yield Figure(f"{name}: SSIM of the mouth", film.mouth_ssim, "", told, lost / by_wait)


def drawn(path: Path) -> Planes:
    """(FRAMES, 1080, 1280): pictures as the encoder is given them, on the disk."""
    settings = replace(Settings(), graphics_card=False)
    view = assemble.viewport(settings)
    face, timeline = assemble.face(settings.presenter, settings.lip_colour), FilmTimeline(float(RATE))
    pictures = np.lib.format.open_memmap(
        path, mode="w+", dtype=np.uint8, shape=(FRAMES, view.height * 3 // 2, view.width)
    )
    passage = Passage("", "", "en", (Block(BlockKind.PARAGRAPH, TEXT),))
    with closing(assemble.voice(settings.voice)) as voice:
        cast = Cast(voice, face, assemble.delivery(settings), view)
        for performance in in_turn(assemble.sentences(passage, settings), cast, 0.0):
            placed = timeline.place(performance)
            while timeline.next_frame < min(FRAMES, timeline.certain_end(placed)):
                picture = performance.draw(placed.moment_of(timeline.next_frame, timeline.frame_s), None, None)
                cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420, dst=pictures[timeline.next_frame])
                timeline.next_frame += 1
    assert timeline.next_frame == FRAMES, "the text is too short"
    return pictures


def mouth_of(pictures: Planes) -> tuple[slice, slice]:
    """Rows and columns between which the mouth moves."""
    with FaceMesh() as instrument:
        seen = [instrument.see(cv2.cvtColor(one, cv2.COLOR_YUV2RGB_I420)) for one in pictures[::LOOK_EVERY]]
    points = np.array([one.points[[*MOUTH_CORNERS, *INNER_LIPS]] for one in seen if one is not None])
    low, high = points.min((0, 1)), points.max((0, 1))
    margin = MARGIN * (high[0] - low[0])
    (left, top), (right, bottom) = (low - margin).astype(int), (high + margin).astype(int)
    return slice(top, bottom), slice(left, right)


def kept(pictures: Planes, mouth: tuple[slice, slice], preset: str, quality: film_tracks.Quality) -> Kept:
    """Encodes all, decodes all and compares."""
    data = b"".join(_encoded(pictures, preset, quality))
    height = pictures.shape[1] * 2 // 3
    ssims, mouth_db, whole_db = [], [], []
    for ours, theirs in zip(pictures[:, :height], _decoded(data), strict=True):
        ssims.append(ssim(ours[mouth], theirs[:height][mouth]))
        mouth_db.append(psnr_db(ours[mouth], theirs[:height][mouth]))
        whole_db.append(psnr_db(ours, theirs[:height]))
    size = len(data) / 1024 / float(len(pictures) / RATE)
    return Kept(size, float(np.mean(ssims)), min(ssims), float(np.mean(mouth_db)), float(np.mean(whole_db)))


def _encoded(pictures: Planes, preset: str, quality: film_tracks.Quality) -> Iterator[bytes]:
    import av

    with av.open("/dev/null", "w", format="h264") as container:
        size = (pictures.shape[2], pictures.shape[1] * 2 // 3)
        track = film_tracks.add_pictures(container, size, RATE, preset, quality, section_file.THREADS)
        for number, planes in enumerate(pictures):
            frame: Any = av.VideoFrame.from_numpy_buffer(np.array(planes), format="yuv420p")
            frame.pts, frame.time_base = number, 1 / RATE
            yield from map(bytes, track.encode(frame))
        yield from map(bytes, track.encode(None))


def _decoded(data: bytes) -> Iterator[Planes]:
    import av

    decoder: Any = av.CodecContext.create("h264", "r")
    for packet in (*decoder.parse(data), *decoder.parse(b""), None):
        for frame in decoder.decode(packet):
            yield frame.to_ndarray()


def psnr_db(ours: Planes, theirs: Planes) -> float:
    """Peak signal to noise of two pictures (H, W)."""
    error = float(np.mean((ours.astype(np.float32) - theirs) ** 2))
    return float(10 * np.log10(WHITE**2 / max(error, 1e-9)))


def ssim(ours: Planes, theirs: Planes) -> float:
    """Structural similarity of two pictures (H, W): 1 where they are equal."""

    def smooth(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(picture, SSIM_WINDOW, SSIM_SIGMA), np.float64)

    one, other = ours.astype(np.float64), theirs.astype(np.float64)
    mean, other_mean = smooth(one), smooth(other)
    spread = smooth(one * one) - mean * mean + smooth(other * other) - other_mean * other_mean
    shared = smooth(one * other) - mean * other_mean
    c1, c2 = (SSIM_K1 * WHITE) ** 2, (SSIM_K2 * WHITE) ** 2
    likeness = (2 * mean * other_mean + c1) * (2 * shared + c2)
    return float((likeness / ((mean**2 + other_mean**2 + c1) * (spread + c2))).mean())
