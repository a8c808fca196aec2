"""What is told of a presenter is true: its origin, whose consent, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from avatar.presenters import about as told
from avatar.presenters.about import about, all_names, origin
from avatar.presenters.consent import FILE
from avatar.presenters.library import DEFAULT
from narrator.credentials import provenance
from narrator.errors import FaceError


def test_a_built_in_one_is_drawn_and_needs_nobodys_consent() -> None:
    one = about(DEFAULT)
    assert (one.origin, one.consent, one.fault) == ("drawn", None, "")
    assert one.size_bytes > 100_000


def test_ones_own_tell_whose_picture_they_are(grace: Path) -> None:
    one = about("grace")
    assert (one.origin, one.made_from, one.title) == ("picture", "the picture grace.jpg", "Grace, a test")
    assert one.consent is not None
    assert "drawn for this test" in one.consent.statement


def test_one_without_consent_is_listed_with_what_is_wrong(grace: Path) -> None:
    (grace / FILE).unlink()
    assert "grace" in all_names()
    assert "consent" in about("grace").fault


def test_a_pack_that_says_it_was_drawn_is_still_a_picture_for_the_credentials(grace: Path) -> None:
    assert (origin("grace"), origin(DEFAULT)) == ("picture", "drawn")
    assert (told.PICTURE, told.DRAWN) == (provenance.PICTURE, provenance.DRAWN)


def test_the_default_comes_first_and_an_unknown_name_is_refused(grace: Path) -> None:
    assert all_names()[0] == DEFAULT
    assert all_names()[-1] == "grace"
    with pytest.raises(FaceError, match="presenter list"):
        about("nobody")
