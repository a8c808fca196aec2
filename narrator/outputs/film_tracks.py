"""Pictures, sound and caption cues in, the frames and packets of an MP4's tracks out, and cues back.

H.264 (yuv420p), AAC or plain samples, and 3GPP timed text (mov_text). No date is written and the number of threads is
fixed, so the same input gives the same bytes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from narrator.flow import RgbImage, Samples
from narrator.outputs.webvtt import Cue

if TYPE_CHECKING:
    from av.packet import Packet

QUALITY_CRF = 23
"""x264's constant rate factor for a film that somebody waits for; for one of a shelf see export/section_file."""
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


def add_pictures(container: Any, size: tuple[int, int], rate: Fraction, preset: str, crf: int, threads: int) -> Any:
    """A track of pictures; size is width, height."""
    options = {
        "preset": preset,
        "crf": str(crf),
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


def planes(width: int, height: int) -> RgbImage:
    """What picture_frame() needs room for, once for a film.

    x264 copies a picture before it returns, so one is enough; new memory for each costs 0.8 ms at 1280x720.
    """
    return np.empty((height * 3 // 2, width), np.uint8)


def picture_frame(picture: RgbImage, number: int, rate: Fraction, room: RgbImage) -> Any:
    """The film's frame of that number, in the room from planes(): encode it before the next one."""
    import av
    import cv2

    cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420, dst=room)
    frame = av.VideoFrame.from_numpy_buffer(room, format="yuv420p")
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
