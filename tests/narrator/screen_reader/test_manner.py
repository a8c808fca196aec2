"""What the server sets is taken up; nonsense changes nothing."""

from __future__ import annotations

import pytest

from narrator.screen_reader.manner import FASTEST_WPM, SLOWEST_WPM, Manner, changed


def test_settings_are_taken_up_and_what_is_not_named_stays() -> None:
    lines = ["rate=50", "pitch=-20", "language=pt-BR", "voice=FEMALE2", "spelling_mode=on", "synthesis_voice=NULL"]
    manner = changed(Manner(volume=40), lines)
    assert manner == Manner(50, -20, 40, "pt-BR", "female2", "", True)


@pytest.mark.parametrize("line", ["rate=fast", "rate", "=", "", "voice=robot", "colour=red", "volume=", "language=C"])
def test_nonsense_changes_nothing(line: str) -> None:
    assert changed(Manner(), [line]) == Manner()


def test_the_middle_rate_is_the_users_own_and_the_ends_are_the_limits() -> None:
    assert [Manner(rate=rate).rate_wpm(130) for rate in (-100, 0, 100)] == [SLOWEST_WPM, 130, FASTEST_WPM]
    assert changed(Manner(), ["rate=1000"]).rate == 100


def test_volume_and_pitch_reach_from_end_to_end() -> None:
    assert [Manner(volume=at).gain for at in (-100, 0, 100)] == [0.0, 0.5, 1.0]
    assert [Manner(pitch=at).pitch_percent for at in (-100, 0, 100)] == [0, 50, 100]
