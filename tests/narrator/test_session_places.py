"""A document goes on where it was left, also after a crash, and begins anew once it was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.flow import Passage
from narrator.positions import Positions
from narrator.script import Script
from narrator.sentences import sentences
from narrator.session import Session
from narrator.session_places import KeptPlaces, NoPlaces, resumed_sentence
from tests.narrator.quick_narration import SlowOutput, passage, quick_cast, wait_for

TEXTS = tuple(f"This is sentence number {number}." for number in range(30))


def identify(source: str) -> tuple[str, ...]:
    return (f"named:{source}",)


def session_with(slow: SlowOutput, folder: Path, *, from_start: bool = False) -> Session:
    return Session(
        quick_cast(),
        [slow],
        open_source=lambda source: passage(*TEXTS, source=source),
        split=sentences,
        keep_places=lambda report: KeptPlaces(Positions(folder), identify, report, from_start=from_start),
    )


def left_at(folder: Path, sentence: int) -> None:
    """Reads on to that sentence, then the power fails: the session is never closed."""
    slow = SlowOutput()
    session = session_with(slow, folder)
    session.enqueue("book")
    wait_for(lambda: session.state.sentence_index == 0 and session.state.word != "")
    session.seek(sentence)
    session.pause()
    wait_for(lambda: (mark := Positions(folder).load(("named:book",))) is not None and mark.sentence == sentence)


def test_it_goes_on_where_the_power_failed_and_says_so(tmp_path: Path) -> None:
    left_at(tmp_path, 12)
    slow = SlowOutput()
    session = session_with(slow, tmp_path)
    session.enqueue("book")
    wait_for(lambda: bool(slow.sentences))
    assert slow.sentences[0] == TEXTS[12]
    assert session.state.resumed_at == 12
    session.close(completed=False)


def test_another_document_is_not_touched_by_it(tmp_path: Path) -> None:
    left_at(tmp_path, 12)
    slow = SlowOutput()
    session = session_with(slow, tmp_path)
    session.enqueue("another book")
    wait_for(lambda: bool(slow.sentences))
    assert slow.sentences[0] == TEXTS[0]
    session.close(completed=False)


def test_it_begins_at_its_beginning_when_asked_to(tmp_path: Path) -> None:
    left_at(tmp_path, 12)
    slow = SlowOutput()
    session = session_with(slow, tmp_path, from_start=True)
    session.enqueue("book")
    wait_for(lambda: bool(slow.sentences))
    assert (slow.sentences[0], session.state.resumed_at) == (TEXTS[0], 0)
    session.close(completed=False)


def test_once_read_to_its_end_it_begins_anew(tmp_path: Path) -> None:
    left_at(tmp_path, 28)
    session = session_with(SlowOutput(), tmp_path)
    session.enqueue("book")
    assert session.wait_until_idle(10)
    session.close()
    assert Positions(tmp_path).load(("named:book",)) is None


def test_a_stop_keeps_the_place(tmp_path: Path) -> None:
    slow = SlowOutput()
    session = session_with(slow, tmp_path)
    session.enqueue("book")
    wait_for(lambda: session.state.sentence_index == 3)
    session.stop()
    assert session.wait_until_idle(5)
    session.close(completed=False)
    mark = Positions(tmp_path).load(("named:book",))
    assert mark is not None
    assert mark.text == TEXTS[mark.sentence]
    assert mark.sentence >= 3


def test_a_disk_that_is_full_is_told_once_and_the_reading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Positions, "save", full)
    slow = SlowOutput()
    session = session_with(slow, tmp_path)
    session.enqueue("book")
    assert session.wait_until_idle(20)
    session.close()
    assert len(slow.sentences) == len(TEXTS)
    assert [fault.part for fault in session.state.faults] == ["places"]
    assert "No space left" in session.state.faults[0].message


@pytest.mark.parametrize(("added", "place"), [(0, 12), (3, 15), (-2, 10), (500, 0)])
def test_the_sentence_is_found_again_in_a_page_that_has_changed(tmp_path: Path, added: int, place: int) -> None:
    Positions(tmp_path).save(("x",), 12, TEXTS[12], "book")
    mark = Positions(tmp_path).load(("x",))
    assert mark is not None
    texts = [*(f"New {number}." for number in range(added)), *TEXTS[max(0, -added) :]]
    script = Script(passage(*texts), sentences)
    assert resumed_sentence(mark, script) == place


def test_the_do_nothing_twin_keeps_nothing() -> None:
    slow = SlowOutput()
    session = Session(quick_cast(), [slow], open_source=opened, split=sentences, keep_places=lambda _: NoPlaces())
    session.enqueue("book")
    assert session.wait_until_idle(20)
    session.close()
    assert slow.sentences == ["Hello."]


def opened(source: str) -> Passage:
    return passage("Hello.", source=source)
