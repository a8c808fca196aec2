"""The promises say what they guarantee, import nothing concrete, and the twins keep their shape."""

from __future__ import annotations

import inspect
from typing import Protocol

import pytest

from avatar.still_face import StillFace, StillPerformance
from narrator import stages
from narrator.outputs.memory import MemoryOutput
from narrator.session import Session
from narrator.session_orders import Orders
from narrator.speech.silent_voice import SilentVoice

PROMISES = [thing for thing in vars(stages).values() if isinstance(thing, type) and Protocol in thing.__bases__]
TWINS = {
    stages.Voice: SilentVoice,
    stages.Face: StillFace,
    stages.Performance: StillPerformance,
    stages.Output: MemoryOutput,
    stages.Control: Orders,
    stages.Steering: Session,
}


def members_of(promise: type) -> list[str]:
    return [name for name in vars(promise) if not name.startswith("_")]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_every_member_says_what_it_guarantees(promise: type) -> None:
    assert inspect.getdoc(promise)
    for name in members_of(promise):
        assert inspect.getdoc(vars(promise)[name]), name


@pytest.mark.parametrize(("promise", "twin"), TWINS.items(), ids=lambda thing: thing.__name__)
def test_each_twin_has_every_member_with_the_same_parameters(promise: type, twin: type) -> None:
    for name in members_of(promise):
        promised = vars(promise)[name]
        if isinstance(promised, property):
            assert name in {*dir(twin), *getattr(twin, "__annotations__", {})}
        else:
            wanted, given = inspect.signature(promised), inspect.signature(getattr(twin, name))
            assert list(given.parameters) == list(wanted.parameters), name


def test_an_output_without_buttons_is_not_taken_for_one_with() -> None:
    assert not isinstance(MemoryOutput(), stages.SteeringOutput)
