"""The difference of colours agrees with published figures."""

from __future__ import annotations

import pytest

from avatar.presenters.from_picture.colour_difference import difference

PAIRS = (
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (50, 3.1736, 0.5854), 1.0),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
)
"""L*a*b* twice, and their CIEDE2000: of the test data of Sharma, Wu and Dalal (2005)."""


@pytest.mark.parametrize(("one", "other", "wanted"), PAIRS)
def test_the_difference_of_two_colours_is_the_published_one(
    one: tuple[float, ...], other: tuple[float, ...], wanted: float
) -> None:
    assert difference(one, other) == pytest.approx(wanted, abs=1e-4)
    assert difference(other, one) == pytest.approx(wanted, abs=1e-4)
