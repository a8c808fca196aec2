"""Each setting once: its range is held, its sources have an order, an unknown one is an error."""

from __future__ import annotations

import os
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from avatar.articulation.score import GAIN_RANGE
from narrator import settings
from narrator.errors import SettingError
from readers.pdf import PASSWORD_VARIABLE


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, in the place the system gives it."""
    if sys.platform != "linux":
        pytest.skip("only on Linux does the environment say where settings lie")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in settings.names():
        monkeypatch.delenv(f"NARRATOR_{name.upper()}", raising=False)
    return tmp_path / "narrator" / "settings.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_command_line_comes_before_the_environment_the_file_and_the_default(own_file: Path) -> None:
    assert settings.load(environment={}).rate == 130
    write(own_file, "rate = 100\n")
    assert settings.load(environment={}).rate == 100
    assert settings.load(environment={"NARRATOR_RATE": "110"}).rate == 110
    assert settings.load({"rate": 120}, environment={"NARRATOR_RATE": "110"}).rate == 120


def test_what_is_stored_is_loaded_and_comments_stay(own_file: Path) -> None:
    write(own_file, "# mine\nrate = 100 # slow\n")
    assert settings.store("exaggeration", 1.5) == own_file
    assert settings.load(environment={}).exaggeration == 1.5
    assert own_file.read_text(encoding="utf-8").startswith("# mine\nrate = 100 # slow\n")
    assert [path.name for path in own_file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "text", ["volume = 3\n", "rate = 500\n", 'rate = "fast"\n', "rate = true\n", "rate =\n", "fps = nan\n"]
)
def test_a_file_with_an_unknown_setting_or_a_wrong_value_is_an_error(own_file: Path, text: str) -> None:
    write(own_file, text)
    with pytest.raises(SettingError):
        settings.load(environment={})


def test_an_unknown_environment_variable_of_ours_is_an_error() -> None:
    with pytest.raises(SettingError, match="volume"):
        settings.load(environment={"NARRATOR_VOLUME": "3"})


def test_an_unknown_override_is_an_error() -> None:
    with pytest.raises(SettingError):
        settings.load({"volume": 3}, environment={})


@pytest.mark.parametrize(
    ("name", "text"),
    [("rate", "79"), ("rate", "201"), ("rate", "1e2"), ("exaggeration", "1.7"), ("exaggeration", "nan"), ("fps", "inf")]
    + [("framing", "feet"), ("width", "641"), ("seed", "-1"), ("reduced_motion", "perhaps")],
)
def test_values_outside_the_range_are_refused_with_what_was_expected(name: str, text: str) -> None:
    with pytest.raises(SettingError, match=f"expected .*{name}"):
        settings.parse(name, text)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("rate", "200", 200), ("exaggeration", "1", 1.0), ("reduced_motion", "Yes", True), ("framing", "mouth", "mouth")],
)
def test_values_inside_the_range_are_taken(name: str, text: str, value: object) -> None:
    parsed = settings.parse(name, text)
    assert parsed == value
    assert type(parsed) is type(value)


def test_exaggeration_may_be_set_as_far_as_the_articulation_follows() -> None:
    low, high = GAIN_RANGE
    assert settings.parse("exaggeration", str(low)) == low
    assert settings.parse("exaggeration", str(high)) == high
    for beyond in (low - 0.1, high + 0.1):
        with pytest.raises(SettingError):
            settings.parse("exaggeration", str(beyond))


def test_every_setting_has_a_meaning_and_a_default_that_fits() -> None:
    defaults = settings.Settings()
    for setting in fields(settings.Settings):
        assert len(setting.metadata["meaning"]) > 10
        assert "(default: " in settings.meaning(setting.name)
        assert getattr(defaults, setting.name) == setting.default


def test_the_default_shown_can_be_typed_back() -> None:
    for setting in fields(settings.Settings):
        if setting.default != "":
            assert settings.parse(setting.name, settings.shown(setting.default)) == setting.default


def test_storing_never_hides_a_broken_file(own_file: Path) -> None:
    write(own_file, "rate = = 3\n")
    with pytest.raises(SettingError):
        settings.store("rate", 100)
    assert own_file.read_text(encoding="utf-8") == "rate = = 3\n"


def test_a_wrong_value_is_told_with_the_place_where_it_can_be_mended(own_file: Path) -> None:
    write(own_file, "rate = 500\n")
    with pytest.raises(SettingError, match=r"500 came in .*settings\.toml\. Correct or remove it there"):
        settings.load(environment={})
    own_file.unlink()
    with pytest.raises(SettingError, match="3 came in the environment variable NARRATOR_RATE"):
        settings.load(environment={"NARRATOR_RATE": "3"})


def test_storing_mends_a_wrong_value(own_file: Path) -> None:
    write(own_file, "# mine\nrate = 500\n")
    settings.store("rate", 100)
    assert settings.load(environment={}).rate == 100
    assert own_file.read_text(encoding="utf-8").startswith("# mine\n")


def test_the_password_of_a_pdf_may_stand_in_the_environment() -> None:
    assert {PASSWORD_VARIABLE} == set(settings.NO_SETTINGS)
    assert settings.load(environment={PASSWORD_VARIABLE: "secret"}) == settings.load(environment={})


def test_a_file_that_begins_with_the_mark_of_windows_editors_is_read_and_written(own_file: Path) -> None:
    write(own_file, "\ufeffrate = 100\n")
    assert settings.load(environment={}).rate == 100
    settings.store("rate", 110)
    assert settings.load(environment={}).rate == 110


def test_a_file_that_would_hang_or_exhaust_the_reader_is_an_error(own_file: Path) -> None:
    write(own_file, f"rate = {'[' * 5000}")
    with pytest.raises(SettingError, match="recursion"):
        settings.load(environment={})
    own_file.unlink()
    os.mkfifo(own_file)
    with pytest.raises(SettingError, match="it is a pipe"):
        settings.load(environment={})
