"""A camera's and a microphone's file in, what the far end of a call in Chromium got of them out."""

from __future__ import annotations

import os
import subprocess
import threading
import time
import wave
from dataclasses import dataclass, field
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import av
import cv2
import numpy as np

from narrator.flow import RgbImage

PAGE = Path(__file__).with_name("meeting.html")
WIDTH, HEIGHT = 640, 480
DIGITS, SQUARE_PX = 9, 16
SOUND_HZ = 48_000
START_LIMIT_S = 60.0
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
    *("--autoplay-policy=no-user-gesture-required", "--disable-features=WebRtcHideLocalIpsWithMdns"),
)


@dataclass
class FarEnd:
    """What arrived."""

    pictures: list[tuple[float, RgbImage]] = field(default_factory=list)
    """(presentation time, s; picture), in the order of time."""
    pieces: list[tuple[float, np.ndarray]] = field(default_factory=list)
    """(time, s; mono 32-bit floats at SOUND_HZ), likewise."""
    said: list[str] = field(default_factory=list)

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate([piece for _, piece in self.pieces]) if self.pieces else np.zeros(0, np.float32)


def as_devices(film: Path, folder: Path) -> tuple[Path, Path]:
    """The film, each frame with its number in a corner, as a camera's Y4M and a microphone's WAV file.

    By its clock a frame could not be known: Chromium's own file camera loses a hundredth of the time, in jumps.
    """
    camera, microphone = folder / "camera.y4m", folder / "microphone.wav"
    with av.open(str(film)) as source, av.open(str(camera), "w", format="yuv4mpegpipe") as sink:
        video = source.streams.video[0]
        out = sink.add_stream("wrapped_avframe", rate=Fraction(video.average_rate))
        out.width, out.height, out.pix_fmt = video.width, video.height, "yuv420p"
        for number, frame in enumerate(source.decode(video)):
            sink.mux(out.encode(_numbered(frame.to_ndarray(format="yuv420p"), number)))
    with av.open(str(film)) as source, wave.open(str(microphone), "wb") as sink:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SOUND_HZ)
        sink.setnchannels(1)
        sink.setsampwidth(2)
        sink.setframerate(SOUND_HZ)
        for frame in source.decode(audio=0):
            for piece in resampler.resample(frame):
                sink.writeframes(piece.to_ndarray().tobytes())
    return camera, microphone


def _numbered(planes: np.ndarray, number: int) -> av.VideoFrame:
    """Black and white squares at the lower left, the lowest binary digit first."""
    height = planes.shape[0] * 2 // 3
    for digit in range(DIGITS):
        white = number >> digit & 1
        planes[height - SQUARE_PX : height, digit * SQUARE_PX : (digit + 1) * SQUARE_PX] = 235 if white else 16
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def number_of(picture: RgbImage) -> int:
    """The frame's number, read in the middle of each square."""
    side = SQUARE_PX * picture.shape[0] / HEIGHT
    row = round(picture.shape[0] - side / 2)
    digits = [picture[row - 2 : row + 3, round((digit + 0.5) * side) + np.arange(-2, 3)] for digit in range(DIGITS)]
    return sum(1 << digit for digit, square in enumerate(digits) if square.mean() > 128)


def hold_meeting(chromium: str, camera: Path, microphone: Path, seconds: float, folder: Path) -> FarEnd:
    """Lets two pages call each other for so long, counted from the first picture."""
    far_end = FarEnd()
    server = Server(("127.0.0.1", 0), _handler(far_end))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    process = subprocess.Popen(
        [
            chromium,
            *FLAGS,
            f"--use-file-for-fake-video-capture={camera}",
            f"--use-file-for-fake-audio-capture={microphone}",
            f"--user-data-dir={folder / 'profile'}",
            f"http://127.0.0.1:{server.server_port}/",
        ],
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_s = time.monotonic() + START_LIMIT_S
        while not far_end.pictures and time.monotonic() < until_s and process.poll() is None:
            time.sleep(0.1)
        time.sleep(seconds)
    finally:
        process.terminate()
        process.wait(10)
        server.shutdown()
        server.server_close()
    far_end.pictures.sort(key=lambda one: one[0])
    far_end.pieces.sort(key=lambda one: one[0])
    return far_end


class Server(ThreadingHTTPServer):
    """Chromium is ended in the middle of what it sends."""

    def handle_error(self, request: object, client_address: object) -> None: ...


def _handler(far_end: FarEnd) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(PAGE.read_bytes(), "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = urlparse(self.path)
            at_s = float(parse_qs(asked.query).get("at", ["0"])[0])
            if asked.path == "/picture":
                picture = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
                far_end.pictures.append((at_s, np.ascontiguousarray(picture[..., ::-1])))
            elif asked.path == "/sound":
                far_end.pieces.append((at_s, np.frombuffer(body, np.float32)))
            else:
                far_end.said.append(body.decode(errors="replace"))
            self._answer(b"", "text/plain")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None: ...

    return Handler
