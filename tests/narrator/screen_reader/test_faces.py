"""What is heard reaches the running narration; one that dies, hangs or refuses never holds up the speech."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from narrator.flow import Delivery, Sentence
from narrator.live_session import steerable
from narrator.outputs.memory import MemoryOutput
from narrator.screen_reader.faces import Faces, told
from narrator.session import Session, Status
from narrator.settings import Settings
from narrator.speech.silent_voice import SilentVoice
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for
from tests.narrator.remote.conftest import runtime_folder as runtime_folder

LIMIT_S = 20.0


class Seen(SlowOutput):
    """Somebody looks at it."""

    name = "window"


class Film(MemoryOutput):
    name = "talk.mp4"


Run = Callable[..., Session]


@pytest.fixture
def run(runtime_folder: Path) -> Iterator[Run]:
    """A narration that others can steer, on that output."""
    with ExitStack() as stack:

        def make(output: MemoryOutput) -> Session:
            session = quick_session([output], lambda source: passage("One two three four five. " * 400, source=source))
            stack.callback(session.close, completed=False)
            session.show()
            wait_for(lambda: session.state.outputs != ())
            stack.enter_context(steerable(session, Settings()))
            return session

        yield make


@pytest.fixture
def faces(runtime_folder: Path) -> Iterator[Faces]:
    made = Faces(Settings(), opens_own=False)
    yield made
    made.close()


def spoken(text: str) -> dict[str, object]:
    utterance = SilentVoice().speak(Sentence(text, "en"), Delivery())
    return told(utterance, time.perf_counter(), 0.0, 130)


def test_what_is_heard_is_shown_by_the_narration_that_runs(run: Run, faces: Faces) -> None:
    session = run(Seen())
    faces.attend(lambda: False)
    wait_for(lambda: faces.is_there, LIMIT_S)
    faces.show(spoken("Hello there, five boats."), is_new=True)
    wait_for(lambda: session.state.sentence == "Hello there, five boats.", LIMIT_S)


def test_a_film_that_is_being_made_is_left_alone(run: Run, faces: Faces) -> None:
    session = run(Film())
    faces.attend(lambda: False)
    faces.show(spoken("Hello."), is_new=True)
    time.sleep(0.3)
    assert not faces.is_there
    assert session.state.sentence == ""


def test_without_a_narration_nothing_waits(faces: Faces) -> None:
    began_s = time.perf_counter()
    for _ in range(50):
        faces.attend(lambda: False)
        faces.show(spoken("Hello."), is_new=True)
        faces.hush()
    assert time.perf_counter() - began_s < 1.0
    assert not faces.is_there


def test_a_narration_that_hung_up_is_called_again(run: Run, faces: Faces) -> None:
    session = run(Seen())
    faces.attend(lambda: False)
    wait_for(lambda: faces.is_there, LIMIT_S)
    client = faces._client
    assert client is not None
    client.close()
    faces.show(spoken("Hello again."), is_new=True)
    wait_for(lambda: session.state.sentence == "Hello again.", LIMIT_S)


def test_a_narration_that_answers_nothing_is_not_waited_for(
    run: Run, faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = run(Seen())
    faces.attend(lambda: False)
    wait_for(lambda: faces.is_there, LIMIT_S)
    monkeypatch.setattr(session, "hush", lambda _: time.sleep(5))
    began_s = time.perf_counter()
    for _ in range(20):
        faces.hush()
        faces.show(spoken("Hello."), is_new=True)
    assert time.perf_counter() - began_s < 1.0


def test_the_screen_reader_waits_for_a_document_where_the_user_wants_it_so(run: Run, runtime_folder: Path) -> None:
    session = run(Seen())
    session.enqueue("page")
    wait_for(lambda: session.state.status is Status.SPEAKING, LIMIT_S)
    patient = Faces(Settings(screen_reader_first=False), opens_own=False)
    try:
        patient.attend(lambda: True)
        wait_for(lambda: patient.is_there, LIMIT_S)
        looks = iter([False, False, False, True])
        patient.attend(lambda: next(looks))
        assert list(looks) == [], "it waited until it was over"
        session.stop()
        session.wait_until_idle(LIMIT_S)
        patient.attend(lambda: False)
    finally:
        patient.close()


def test_a_face_of_its_own_is_opened_once_where_there_is_a_screen(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    quick = Settings(voice="silent", presenter="still", width=160, height=160)
    own = Faces(quick, opens_own=True)
    try:
        for _ in range(3):
            own.attend(lambda: False)
        wait_for(lambda: own._own._process is not None, LIMIT_S)
        process = own._own._process

        def is_found() -> bool:
            own.attend(lambda: False)
            time.sleep(0.1)
            return own.is_there

        wait_for(is_found, 60)
        assert own._own._process is process
    finally:
        own.close()
    assert process is not None
    assert process.poll() is not None, "it ends with the module"
