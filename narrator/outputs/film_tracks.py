"""Pictures, sound and caption cues in, the frames and packets of an MP4's tracks out, and cues back.

H.264 (yuv420p), AAC or plain samples, and 3GPP timed text (mov_text). No date is written and the number of threads is
fixed, so the same input gives the same bytes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage, Samples
from narrator.outputs.webvtt import Cue

if TYPE_CHECKING:
    from av.packet import Packet

Planes = npt.NDArray[np.uint8]
"""(h * 3 / 2, w): brightness, then the two colours at half the size, as I420 has them."""
Quality = tuple[str, int]
"""What x264 keeps the same: its rate factor, ("crf", 26), or the quantizer of every frame, ("qp", 19)."""
WAITED_FOR: Quality = ("qp", 19)
"""For a film that somebody waits for; for one of a shelf see export/section_file. By a rate factor, x264 looks at every
picture once more, 0.6 ms at 1280x720; CRF 23 gives a film as large whose worst frame keeps less of the mouth."""
KEYFRAME_S = 2.0
"""A player can seek to any two seconds."""
X264_SAME_BYTES = "mbtree=0"
"""x264's macroblock tree (core 165, with AVX-512) reads memory that nobody has written: one film in some comes out
otherwise. It takes from the mouth, which moves, and gives to the wall: the same mouth needs as many bytes without."""
X264_COLOURS = "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"
"""cv2's RGB to I420 is BT.601, studio range; the file has to say so, since players guess BT.709 for large pictures."""
AUDIO_BIT_RATE = 96_000
AAC_RATES_HZ = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
FALLBACK_RATE_HZ = 48_000
MILLISECONDS = Fraction(1, 1000)
_LENGTH_BYTES = 2
"""Of the number before a caption's UTF-8."""
LABEL = "Synthetic presenter made by narrator"
"""Players show it as the file's comment."""

_ASS_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""What FFmpeg's mov_text encoder asks for before it writes the track's description."""


def film_rate_hz(rate_hz: int) -> int:
    """The rate itself where AAC has it."""
    return rate_hz if rate_hz in AAC_RATES_HZ else FALLBACK_RATE_HZ


def describe(container: Any, title: str) -> None:
    """Title, artist and comment of the file."""
    metadata = {"title": title, "artist": "narrator", "comment": LABEL}
    container.metadata.update({key: value for key, value in metadata.items() if value})


def add_pictures(
    container: Any, size: tuple[int, int], rate: Fraction, preset: str, quality: Quality, threads: int
) -> Any:
    """A track of pictures; size is width, height."""
    options = {
        "preset": preset,
        quality[0]: str(quality[1]),
        "threads": str(threads),
        "g": str(round(KEYFRAME_S * rate)),
        "x264-params": f"{X264_COLOURS}:{X264_SAME_BYTES}",
    }
    track = container.add_stream("libx264", rate=rate, options=options)
    track.width, track.height = size
    track.pix_fmt = "yuv420p"
    return track


def add_aac(container: Any, rate_hz: int) -> Any:
    """A track of mono sound."""
    track = container.add_stream("aac", rate=rate_hz, layout="mono")
    track.bit_rate = AUDIO_BIT_RATE
    return track


def add_captions(container: Any) -> Any:
    """A track of captions."""
    track = container.add_stream("mov_text")
    track.codec_context.subtitle_header = _ASS_HEADER
    track.time_base = MILLISECONDS
    return track


def planes(width: int, height: int) -> Planes:
    """Room for a picture as the encoder takes it; new memory for each costs 0.8 ms at 1280x720."""
    return np.empty((height * 3 // 2, width), np.uint8)


def develop(picture: RgbImage, into: Planes) -> None:
    """Writes a picture into planes(): by the thread that drew it, which still has it in its cache."""
    import cv2

    if cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420, dst=into) is not into:  # then it has made room of its own
        raise ValueError(f"a picture of {picture.shape[:2]} does not fill {into.shape}")


def developed(picture: RgbImage) -> Planes:
    """The same in memory of its own, for films that are not in a hurry."""
    into = planes(picture.shape[1], picture.shape[0])
    develop(picture, into)
    return into


def paste(patch: RgbImage, top: int, left: int, onto: Planes) -> None:
    """Lays a patch (h, w, 3) over a developed picture, its corner at an even row and column, where colours begin."""
    top, left = top // 2 * 2, left // 2 * 2
    even = np.pad(patch, ((0, patch.shape[0] % 2), (0, patch.shape[1] % 2), (0, 0)), mode="edge")
    for whole, part, scale in zip(_channels(onto), _channels(developed(even)), (1, 2, 2), strict=True):
        height, width = part.shape
        whole[top // scale : top // scale + height, left // scale : left // scale + width] = part


def _channels(picture: Planes) -> tuple[Planes, Planes, Planes]:
    """Its brightness and its two colours, to be written to."""
    height, width = picture.shape[0] * 2 // 3, picture.shape[1]
    colours = picture[height:].reshape(2, height // 2, width // 2)
    return picture[:height], colours[0], colours[1]


def picture_frame(picture: Planes, number: int, rate: Fraction) -> Any:
    """The film's frame of that number; x264 copies it before encode() returns."""
    import av

    frame = av.VideoFrame.from_numpy_buffer(picture, format="yuv420p")
    frame.pts, frame.time_base = number, 1 / rate
    return frame


def sound_frame(sound: Samples, at_sample: int, rate_hz: int) -> Any:
    """The sound from that sample of the film on."""
    import av

    frame = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.time_base = rate_hz, Fraction(1, rate_hz)
    frame.pts = at_sample
    return frame


def caption_packet(track: Any, cue: Cue) -> Packet[Any]:
    """The cue in the caption track: a 16-bit length, then UTF-8."""
    import av

    text = "\n".join(cue.lines).encode()
    packet = av.Packet(len(text).to_bytes(_LENGTH_BYTES, "big") + text)
    packet.stream = track
    packet.time_base = MILLISECONDS
    packet.pts = packet.dts = cue.start_ms
    packet.duration = cue.end_ms - cue.start_ms
    return packet


def cue_of(packet: Packet[Any]) -> Cue | None:
    """The cue that a packet of the caption track holds; None for the quiet between two cues."""
    data = bytes(packet)
    text = data[_LENGTH_BYTES : _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")].decode()
    if not text or packet.pts is None or packet.duration is None:
        return None
    tick_ms = packet.time_base / MILLISECONDS
    return Cue(round(packet.pts * tick_ms), round((packet.pts + packet.duration) * tick_ms), tuple(text.split("\n")))
