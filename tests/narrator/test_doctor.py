"""Each thing the doctor looks at works, or comes with the line that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator import doctor
from narrator.doctor import Finding


def named(name: str) -> Finding:
    return next(finding for finding in doctor.examine() if finding.name == name)


def test_everything_that_is_needed_works_where_the_tests_run() -> None:
    broken = [finding for finding in doctor.examine() if finding.needed and not finding.works]
    assert broken == []


def test_what_does_not_work_has_a_line_that_mends_it_and_what_works_has_none() -> None:
    for finding in doctor.examine():
        assert bool(finding.mend) is not finding.works, finding


def test_a_library_that_does_not_load_is_named_with_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, "no_such_library", "no-such-library")
    finding = named("libraries")
    assert not finding.works
    assert finding.mend.endswith("-m pip install no-such-library")


def test_a_missing_codec_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CODECS", ("aac", "no_such_codec"))
    finding = named("film codecs")
    assert (finding.works, finding.detail) == (False, "no_such_codec missing")


def test_without_a_display_the_window_is_absent_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    finding = named("window")
    assert (finding.works, finding.needed) == (False, False)


def test_a_display_that_does_not_answer_is_told_with_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":4321")
    assert not named("window").works


def test_on_a_real_desktop_the_window_opens(desktop, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    for key, value in desktop.environment.items():
        monkeypatch.setenv(key, value)
    finding = named("window")
    assert finding.works, finding


def test_a_file_that_is_no_film_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"no film")
    assert [finding.works for finding in doctor.examine_film(tmp_path / "x.mp4")] == [False]
    assert [finding.works for finding in doctor.examine_film(tmp_path / "absent.mp4")] == [False]
