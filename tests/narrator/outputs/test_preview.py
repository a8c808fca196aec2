"""A preview gives few, small pictures, none while nobody looks, and is silent while another output is heard."""

from __future__ import annotations

from narrator.flow import RgbImage
from narrator.outputs.preview import Preview
from narrator.outputs.speaker import WallClockSpeaker
from narrator.session_orders import Orders
from narrator.stages import Performance
from tests.narrator.quick_narration import SMALL, quick_cast, wait_for
from tests.narrator.test_session_outputs import performance as performance  # noqa: F401


def test_pictures_have_the_size_that_is_asked_for_and_none_come_while_nobody_looks(performance: Performance) -> None:  # noqa: F811
    pictures: list[RgbImage] = []
    room = [(30, 28)]
    preview = Preview(pictures.append, lambda: room[0], speaker=WallClockSpeaker())
    preview.open(SMALL, 22_050)
    for position_s in preview.play(performance, Orders(quick_cast())):
        if position_s > 0.4:
            break
    assert 2 <= len(pictures) <= 8  # some 0.6 s at 10 a second
    assert pictures[-1].shape == (28, 30, 3)
    room[0] = (0, 0)
    wait_for(lambda: preview._screen.view().viewport.width < 90)
    seen = len(pictures)
    for position_s in preview.play(performance, Orders(quick_cast())):
        if position_s > 0.1:
            break
    assert len(pictures) == seen
    preview.close(completed=True)


def test_while_another_output_is_heard_it_is_silent() -> None:
    preview = Preview(lambda _: None, lambda: (0, 0), speaker=WallClockSpeaker())
    preview.open(SMALL, 22_050)
    assert preview.is_heard
    preview.give_way(True)
    assert not preview.is_heard
    preview.close(completed=True)
