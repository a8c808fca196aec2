"""No input; the built-in presenters' descriptions by name out."""

from __future__ import annotations

from avatar.studio.ada import ADA
from avatar.studio.joel import JOEL
from avatar.studio.mina import MINA
from avatar.studio.person import Person
from avatar.studio.vera import VERA

PEOPLE: dict[str, Person] = {person.name: person for person in (ADA, JOEL, MINA, VERA)}
