"""A window stays on top where it can; where it cannot, the person is told and has a way out."""

from __future__ import annotations

import pytest

from narrator.errors import OutputError
from narrator.outputs.window_platform import QT_PACKAGES, WAYLAND_NOTICE, window_platform
from tests.architecture.source_tree import ROOT


def test_x11_is_used_as_it_is() -> None:
    assert window_platform({"DISPLAY": ":0"}, "linux").qt_platform == "xcb"


def test_on_wayland_xwayland_is_preferred_since_there_a_window_can_stay_on_top() -> None:
    platform = window_platform({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert (platform.qt_platform, platform.notice) == ("xcb", "")


def test_pure_wayland_says_what_it_cannot_do() -> None:
    platform = window_platform({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert (platform.qt_platform, platform.notice) == ("wayland", WAYLAND_NOTICE)


def test_what_the_person_chose_is_left_alone() -> None:
    assert window_platform({"QT_QPA_PLATFORM": "offscreen"}, "linux").qt_platform == ""


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_choose_for_themselves(system: str) -> None:
    assert window_platform({}, system).qt_platform == ""


def test_without_a_screen_a_film_is_offered() -> None:
    with pytest.raises(OutputError, match="--to FILE.mp4"):
        window_platform({}, "linux")


@pytest.mark.parametrize("place", ["docs/install.md", "scripts/set_up"])
def test_whoever_installs_by_hand_gets_what_qt_needs(place: str) -> None:
    named = set((ROOT / place).read_text(encoding="utf-8").split())
    assert set(QT_PACKAGES.split()) <= named
