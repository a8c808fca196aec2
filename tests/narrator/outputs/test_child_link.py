"""A child that does not start, or ends by itself, is told in one line."""

from __future__ import annotations

import pytest

from narrator.errors import OutputError
from narrator.outputs.child_link import ChildLink


def test_a_module_that_cannot_be_run_is_told() -> None:
    link = ChildLink("narrator.no_such_module", lambda message: None)
    with pytest.raises(OutputError, match="no_such_module"):
        link.wait_until_loaded()
    link.close()
    assert "no_such_module" in link.last_words


def test_it_ends_with_its_parents_pipe() -> None:
    link = ChildLink("narrator.outputs.camera_process", lambda message: None)
    link.wait_until_loaded()
    link.close()
    assert link.is_gone
    assert link._process.returncode == 0
