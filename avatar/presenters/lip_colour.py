"""A presenter and a strength in, the same presenter with its lips painted so out.

Coloured lips are read better than bare ones, lipstick and concealer alike (lipreading.md 3.3), so the drawn
presenters' own colour is mid-strong; people may choose. Lips taken from a picture keep the picture's colour.
"""

from __future__ import annotations

import dataclasses

from avatar.render.presenter import Presenter

STRENGTHS = ("natural", "mid-strong", "strong")
OWN = "mid-strong"


def with_lip_colour(presenter: Presenter, strength: str) -> Presenter:
    """The presenter itself where the strength is its own or it has no other colour. KeyError for unknown strengths."""
    if strength not in STRENGTHS:
        raise KeyError(strength)
    colour = presenter.colours.get(f"lip_{strength}")
    if strength == OWN or colour is None:
        return presenter
    return dataclasses.replace(presenter, colours={**presenter.colours, "lip": colour})
