"""The window stays on top and is moved, resized and closed by keys, by single presses and by dragging."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narrator.flow import Viewport
from narrator.outputs.floating_window import CAPTION_SCALES, FINE_STEP_PX, FRAMINGS, LET_GO_MS, STEP_PX
from narrator.outputs.window import WindowWish
from narrator.outputs.window_controls import BUTTONS
from narrator.outputs.window_geometry import LEAST, MARGIN_PX
from tests.desktop import SCREEN
from tests.narrator.outputs.conftest import PlayingWindow, wait_until

SCREEN_WIDTH, SCREEN_HEIGHT = (int(number) for number in SCREEN.split("x")[:2])
SMALL = Viewport(480, 270, 30.0)
Open = Callable[..., Any]


Geometry = tuple[int, int, int, int]


def settled(window: Any, since: Geometry | None = None) -> Geometry:
    """The geometry once it is another than since, and has stopped changing."""
    wait_until(lambda: window.geometry() != since)
    before = window.geometry()
    while True:
        time.sleep(0.15)
        now = window.geometry()
        if now == before:
            return now
        before = now


def test_it_stays_above_other_windows(open_window: Open) -> None:
    window = open_window(SMALL)
    assert "_NET_WM_STATE_ABOVE" in window.desktop.run("xprop", "-id", window.id, "_NET_WM_STATE")


def test_it_has_no_frame_and_lies_on_the_screen(open_window: Open) -> None:
    window = open_window(SMALL)
    left, top, width, height = settled(window)
    assert (width, height) == (480, 270)
    assert left + width + MARGIN_PX == pytest.approx(SCREEN_WIDTH, abs=2)
    assert top + height + MARGIN_PX == pytest.approx(SCREEN_HEIGHT, abs=2)


def test_showing_it_takes_the_focus_from_nobody(open_window: Open) -> None:
    window = open_window(SMALL)
    time.sleep(0.3)
    assert int(window.desktop.run("xdotool", "getwindowfocus").strip()) != int(window.id)


@pytest.mark.parametrize(
    ("key", "step"),
    [("Left", (-STEP_PX, 0)), ("Up", (0, -STEP_PX)), ("shift+Left", (-FINE_STEP_PX, 0))],
)
def test_arrow_keys_move_it(open_window: Open, key: str, step: tuple[int, int]) -> None:
    window = open_window(SMALL)
    before = settled(window)
    window.press(key)
    after = settled(window, since=before)
    assert (after[0] - before[0], after[1] - before[1]) == step


def test_arrow_keys_never_move_it_off_the_screen(open_window: Open) -> None:
    window = open_window(SMALL)
    window.press(*["Right"] * 5, *["Down"] * 5)
    wait_until(lambda: lower_right(window) == (SCREEN_WIDTH, SCREEN_HEIGHT))
    settled(window)
    assert lower_right(window) == (SCREEN_WIDTH, SCREEN_HEIGHT)


def lower_right(window: Any) -> tuple[int, int]:
    left, top, width, height = window.geometry()
    return left + width, top + height


def test_plus_and_minus_resize_it_in_shape(open_window: Open) -> None:
    window = open_window(SMALL)
    window.press("plus", "plus")
    wait_until(lambda: window.geometry()[2] > 600)
    grown = settled(window)
    assert grown[3] / grown[2] == pytest.approx(270 / 480, abs=0.01)
    window.press(*["minus"] * 9)
    wait_until(lambda: window.geometry()[3] == LEAST.height())
    assert settled(window)[3] == LEAST.height()
    assert window.geometry()[2] >= LEAST.width()


def test_one_press_moves_it_to_the_next_corner(open_window: Open) -> None:
    window = open_window(SMALL)
    corners, place = [], settled(window)
    for _ in range(4):
        window.press("c")
        left, top, _, _ = place = settled(window, since=place)
        corners.append((left < SCREEN_WIDTH / 4, top < SCREEN_HEIGHT / 4))
    assert corners == [(True, False), (True, True), (False, True), (False, False)]


STEPS_OF_A_HAND = 24
"""A drag begins when the pointer has gone 10 px, which are lost."""


def drag(window: Any, start: tuple[int, int], way: tuple[int, int]) -> None:
    window.point(*start, "mousedown", "1")
    time.sleep(0.2)
    gone = (0, 0)
    for step in range(1, STEPS_OF_A_HAND + 1):
        at = (round(way[0] * step / STEPS_OF_A_HAND), round(way[1] * step / STEPS_OF_A_HAND))
        window.desktop.run("xdotool", "mousemove_relative", "--", str(at[0] - gone[0]), str(at[1] - gone[1]))
        gone = at
    window.desktop.run("xdotool", "mouseup", "1")


def test_the_pointer_moves_it(open_window: Open) -> None:
    window = open_window(SMALL)
    before = settled(window)
    drag(window, (240, 150), (-200, -100))
    after = settled(window, since=before)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-200, -100), abs=12)


def test_a_quick_click_gives_it_the_focus_and_nothing_follows_the_pointer(open_window: Open) -> None:
    window = open_window(SMALL)
    before = settled(window)
    window.point(240, 150, "click", "1")
    window.desktop.run("xdotool", "mousemove_relative", "--", "60", "40")
    window.press("c")
    after = settled(window, since=before)
    assert (after[0], after[1]) != pytest.approx((before[0] + 60, before[1] + 40), abs=12)
    window.desktop.run("xdotool", "mousemove_relative", "--", "50", "50")
    assert settled(window) == after


def test_the_pointer_resizes_it_at_its_edge(open_window: Open) -> None:
    window = open_window(SMALL)
    before = settled(window)
    drag(window, (3, 150), (-120, 0))
    after = settled(window, since=before)
    assert after[2] - before[2] == pytest.approx(120, abs=12)


def test_the_desktop_may_move_and_resize_it_too(open_window: Open) -> None:
    window = open_window(SMALL)
    window.desktop.run("xdotool", "windowsize", "--sync", window.id, "600", "400")
    window.desktop.run("xdotool", "windowmove", window.id, "111", "77")
    wait_until(lambda: window.geometry() == (111, 77, 600, 400))
    wait_until(lambda: drawn_size(window) == (600, 400))


def drawn_size(window: Any) -> tuple[int, int]:
    viewport = window.window.screen.view().viewport
    return viewport.width, viewport.height


def test_escape_stops_and_letters_steer(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    window.play(make_performance(20.0, (), view=SMALL))
    window.press("r", "p", "Escape")
    window.join(3)
    assert window.steering.commands == ["replay", "previous", "stop"]


def test_ctrl_w_closes_it(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    window.play(make_performance(20.0, (), view=SMALL))
    window.press("ctrl+w")
    window.join(3)
    assert window.steering.commands == ["leave"]


def test_a_key_changes_the_framing_and_keys_change_the_captions(open_window: Open) -> None:
    window = open_window(SMALL)
    screen = window.window.screen
    seen = [screen.view().viewport.framing]
    for _ in FRAMINGS:
        window.press("f")
        wait_until(lambda: screen.view().viewport.framing != seen[-1])
        seen.append(screen.view().viewport.framing)
    assert sorted(seen[1:]) == sorted(FRAMINGS)
    assert CAPTION_SCALES[-1] == 2.0
    window.press(*["ctrl+plus"] * 9)
    wait_until(lambda: screen.view().captions.scale == CAPTION_SCALES[-1])
    window.press(*["ctrl+minus"] * 9)
    wait_until(lambda: screen.view().captions.scale == CAPTION_SCALES[0])


def test_a_new_size_is_what_the_face_is_drawn_at(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    performance = make_performance(20.0, (), view=SMALL)
    drawn, sizes = performance.draw, set()

    def draw(time_s: float, viewport: Viewport | None = None, waiting: Any = None) -> Any:
        sizes.add((viewport.width, viewport.height) if viewport else None)
        return drawn(time_s, viewport, waiting)

    performance.draw = draw
    before = settled(window)
    window.play(performance)
    window.press("plus")
    size = settled(window, since=before)[2:]
    wait_until(lambda: size in sizes)


def test_let_go_near_a_corner_it_goes_into_it(open_window: Open) -> None:
    window = open_window(SMALL)
    drag(window, (240, 150), (-30, -20))
    time.sleep(LET_GO_MS / 1000)
    left, top, width, height = settled(window)
    assert (left + width + MARGIN_PX, top + height + MARGIN_PX) == pytest.approx((SCREEN_WIDTH, SCREEN_HEIGHT), abs=2)


def test_a_click_gives_it_the_focus(open_window: Open) -> None:
    window = open_window(SMALL)
    assert focused(window) != int(window.id)
    window.point(240, 150, "click", "1")
    wait_until(lambda: focused(window) == int(window.id))


def test_clicks_go_through_it_until_its_button_takes_them_back(open_window: Open) -> None:
    window = open_window(SMALL)
    settled(window)
    window.point(200, 200)
    its_own = under_the_pointer(window)
    window.press("t")
    wait_until(lambda: under_the_pointer(window) != its_own)
    below = under_the_pointer(window)
    window.point(SMALL.width - 10, 10)
    wait_until(lambda: under_the_pointer(window) not in (its_own, below))  # its button
    time.sleep(0.2)
    window.desktop.run("xdotool", "click", "1")
    window.point(200, 200)
    wait_until(lambda: under_the_pointer(window) == its_own)


def test_keys_still_work_while_clicks_go_through(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    window.play(make_performance(20.0, (), view=SMALL))
    window.press("t")
    wait_until(lambda: focused(window) not in (int(window.id), 1))
    window.desktop.run("xdotool", "key", "r", "Escape")
    window.join(3)
    assert window.steering.commands == ["replay", "stop"]


def test_it_comes_back_where_it_was(on_desktop: Any, tmp_path: Path) -> None:
    wish = WindowWish(places=tmp_path / "window.json")
    places = []
    for presses in (["Left"] * 3 + ["Up"] * 2 + ["minus"], []):
        window = PlayingWindow(on_desktop, SMALL, wish=wish)
        if presses:
            window.press(*presses)
        time.sleep(0.4)
        places.append(settled(window))
        window.close()
    assert places[0] == places[1]


def test_everything_on_it_says_its_name_to_a_screen_reader() -> None:
    names = [name.partition(" (")[0] for _, name in BUTTONS]
    assert all(names)
    assert len(set(names)) == len(names)
    script = (
        "import json; from PySide6.QtWidgets import QApplication, QWidget; app = QApplication([]);"
        "from PySide6.QtCore import QSize; from narrator.outputs.floating_window import FloatingWindow;"
        "from narrator.outputs.window_places import WindowPlaces;"
        "w = FloatingWindow(QSize(480, 270), WindowPlaces(None)); w.view.set_said('one two');"
        "print(json.dumps([[type(c).__name__, c.accessibleName(), c.accessibleDescription()]"
        " for c in [w, *w.findChildren(QWidget)]]))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    widgets = json.loads(done.stdout)
    assert len(widgets) >= len(BUTTONS) + 3
    assert not [kind for kind, name, _ in widgets if not name]
    assert ["FaceView", "Speaking face with captions", "one two"] in widgets


def focused(window: Any) -> int:
    return int(window.desktop.run("xdotool", "getwindowfocus").strip())


def under_the_pointer(window: Any) -> int:
    """The outermost window there: a window manager's frame, or the desktop itself."""
    lines = window.desktop.run("xdotool", "getmouselocation", "--shell").splitlines()
    return int(dict(line.split("=") for line in lines)["WINDOW"])
