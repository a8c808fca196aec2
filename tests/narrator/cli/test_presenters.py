"""`narrator presenter` lists, shows, adds and removes faces; a picture with consent only."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from PIL import Image

from avatar.motion_frame import REST, MotionFrame
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.renderer import Renderer
from narrator.cli import presenters
from narrator.errors import FaceError
from narrator.flow import Viewport
from tests.narrator.cli.command import environment, narrator

STATEMENT = "A picture of nobody: it was drawn."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person with a picture, made into the presenter grace."""
    folder = tmp_path_factory.mktemp("home")
    drawn = Renderer(presenter(DEFAULT), Viewport(480, 480)).draw(MotionFrame(0.0, "", REST))
    Image.fromarray(drawn).save(folder / "Grace.png")
    Image.new("RGB", (300, 300), (120, 130, 140)).save(folder / "wall.png")
    made = narrator(folder, "presenter", "add", "Grace.png", "--consent", STATEMENT)
    assert (made.code, made.out) == (0, "grace\n"), made.err
    assert made.err.splitlines()[:3] == ["reading the picture", "looking for the face", "making the presenter"]
    return folder


def test_each_line_begins_with_a_presenters_name(tmp_path: Path) -> None:
    names = [entry["name"] for entry in json.loads(narrator(tmp_path, "presenter", "list", "--json").out)]
    lines = narrator(tmp_path, "presenter", "list", "--plain").out.splitlines()
    assert names
    assert [line.split()[0] for line in lines] == names


def test_one_presenter_is_told_about_and_an_unknown_one_refused(tmp_path: Path) -> None:
    name = json.loads(narrator(tmp_path, "presenter", "list", "--json").out)[0]["name"]
    assert narrator(tmp_path, "presenter", "show", name).out.startswith(f"{name}: ")
    refused = narrator(tmp_path, "presenter", "show", "nobody")
    assert refused.code == 1
    assert "presenter list" in refused.err


def test_ones_own_is_listed_shown_and_used(home: Path) -> None:
    assert narrator(home, "presenter", "list", "--plain").out.splitlines()[-1].startswith("grace ")
    shown = narrator(home, "presenter", "show", "grace").out
    for words in ("grace: Grace, made from the picture Grace.png", STATEMENT, "licence: ", "size: "):
        assert words in shown
    assert json.loads(narrator(home, "presenter", "show", "grace", "--json").out)["consent"]["statement"] == STATEMENT
    film = ("--to", "film.mp4", "--presenter", "grace", "--voice", "silent", "--width", "160", "--height", "160")
    assert narrator(home, "read", "--text", "Hello.", *film).code == 0
    credentials = json.loads(narrator(home, "doctor", "film.mp4", "--json").out)[1]["facts"]
    assert (credentials["presenter"], credentials["source_type"]) == ("grace", "compositeWithTrainedAlgorithmicMedia")


def test_without_a_terminal_and_without_consent_nothing_is_added(home: Path) -> None:
    refused = narrator(home, "presenter", "add", "Grace.png", "--name", "other")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.count("\n") == 1
    assert "--consent" in refused.err
    assert "other" not in narrator(home, "presenter", "list").out


def test_a_picture_that_is_not_there_is_told_before_anybody_is_asked_for_consent(home: Path) -> None:
    refused = narrator(home, "presenter", "add", "gone.png")
    assert (refused.code, refused.out) == (1, "")
    assert "expected a picture file at gone.png; no such file" in refused.err
    assert "--consent" not in refused.err


def test_on_a_terminal_two_questions_are_asked_and_an_empty_answer_adds_nothing(home: Path) -> None:
    ours, theirs = pty.openpty()
    asking = subprocess.Popen(
        [sys.executable, "-m", "narrator", "presenter", "add", "wall.png"],
        cwd=home,
        env=environment(home),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, b"Nobody\n\n")
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # so a terminal ends on Linux
        pass
    os.close(ours)
    assert asking.wait(30) == 1
    assert b"Whose picture is it?" in said
    assert b"How did they agree" in said
    assert b"none came" in said


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_stopped_half_way_it_leaves_nothing(home: Path, ending: signal.Signals) -> None:
    adding = subprocess.Popen(
        [sys.executable, "-m", "narrator", "presenter", "add", "Grace.png", "--name", "half", "--consent", STATEMENT],
        cwd=home,
        env=environment(home),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert adding.stderr is not None
    while adding.stderr.readline() != "looking for the face\n":
        assert adding.poll() is None
    adding.send_signal(ending)
    assert adding.stderr.read().endswith("narrator: stopped\n")
    adding.stderr.close()
    assert adding.wait(30) == 130
    shelf = home / ".local" / "share" / "narrator" / "presenters"
    assert [path.name for path in shelf.iterdir()] == ["grace"]


def test_a_picture_without_a_face_is_one_line(home: Path) -> None:
    refused = narrator(home, "presenter", "add", "wall.png", "--consent", STATEMENT)
    assert refused.code == 1
    assert refused.err.splitlines()[-1].startswith("narrator: expected a picture with a human face")


def test_a_pack_goes_out_and_in_and_is_removed(home: Path) -> None:
    assert narrator(home, "presenter", "export", "grace", "grace.zip").out == "grace.zip\n"
    added = narrator(home, "presenter", "add", "grace.zip", "--name", "twin")
    assert added.out == "twin\n"
    assert f"the pack's statement of consent: {STATEMENT}" in added.err
    assert STATEMENT in narrator(home, "presenter", "show", "twin").out
    assert narrator(home, "presenter", "remove", "twin").code == 0
    assert "twin" not in narrator(home, "presenter", "list").out
    assert narrator(home, "presenter", "remove", DEFAULT).code == 1


def test_an_installation_without_a_face_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.presenters.everyone", list)
    with pytest.raises(FaceError, match="Install it again"):
        presenters.show_all(Namespace(json=False))
    assert capsys.readouterr().out == ""
