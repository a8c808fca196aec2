"""A statement says whose picture it is and how they agreed; empty words are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatar.presenters.consent import FILE, consent, load_consent, save_consent
from narrator.errors import FaceError


def test_what_was_stated_comes_back_with_its_date(tmp_path: Path) -> None:
    save_consent(consent("Ann Lee, my aunt, agreed\nby e-mail. \x1b[2J", "ann.jpg"), tmp_path)
    stated = load_consent(tmp_path)
    assert stated.statement == "Ann Lee, my aunt, agreed by e-mail. [2J"
    assert stated.picture == "ann.jpg"
    assert abs((datetime.now(UTC) - datetime.fromisoformat(stated.date)).total_seconds()) < 60


@pytest.mark.parametrize("nothing", ["", "yes", "y", "   ", "I agree", "ok ok ok", "x" * 3000])
def test_a_statement_that_states_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(FaceError, match="whose picture it is and how they agreed"):
        consent(nothing, "a.jpg")


@given(st.text(max_size=200))
def test_whatever_is_said_is_stored_as_one_line_that_steers_no_terminal(said: str) -> None:
    try:
        stated = consent(said, "a.jpg")
    except FaceError as fault:
        line = str(fault)
    else:
        line = stated.statement
    assert line.isprintable()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"statement": "", "date": "", "picture": ""}', '{"statement": 3}']
)
def test_a_record_without_a_statement_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(FaceError, match="narrator presenter add"):
        load_consent(tmp_path)


def test_it_is_plain_json_that_people_can_read(tmp_path: Path) -> None:
    save_consent(consent("Zoë agreed on 3 May.", "zoë.jpg"), tmp_path)
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["statement"] == "Zoë agreed on 3 May."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement", "It is a \x1b[31mpicture of me."),
        ("statement", "It is a picture of me.\nlicence: all fine"),
        ("statement", ["It", "is", "me"]),
        ("statement", "It is a picture of me. " * 1000),
        ("date", "\x1b]0;x\x07"),
        ("date", "some day"),
        ("picture", "a\u202eb.png"),
    ],
)
def test_a_foreign_record_that_would_steer_a_terminal_is_no_consent(tmp_path: Path, name: str, value: object) -> None:
    save_consent(consent("It is a picture of me.", "me.png"), tmp_path)
    stored = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps({**stored, name: value}), encoding="utf-8")
    with pytest.raises(FaceError, match="statement of consent"):
        load_consent(tmp_path)
