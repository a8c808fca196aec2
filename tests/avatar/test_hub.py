"""The weights go to a folder, come back from it and are pushed as the hub wants them; nothing goes out unasked."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from avatar.diffusion.generator import Generator
from avatar.listening.network import Listener
from avatar.motion_frame import MOUTH_CHANNELS
from narrator.errors import FaceError

hub = pytest.importorskip("avatar.hub", reason="huggingface_hub is not installed (the extra `hub`)")


def test_without_a_name_the_weights_that_ship_are_loaded() -> None:
    model = hub.MotionModel.from_pretrained()
    assert isinstance(model.mover, Generator)
    assert isinstance(model.ears, Listener)


def test_what_is_saved_comes_back_as_it_was(tmp_path: Path) -> None:
    hub.MotionModel.from_pretrained().save_pretrained(tmp_path / "model")
    again = hub.MotionModel.from_pretrained(tmp_path / "model")
    assert again.files[0].parent == tmp_path / "model"
    shipped = hub.MotionModel.from_pretrained().mover.network.weights
    assert all((again.mover.network.weights[name] == value).all() for name, value in shipped.items())
    assert again.ears.hear(np.zeros((3, again.ears.weights["come_in.weight"].shape[1]), np.float32)).mouth.shape[1] == (
        len(MOUTH_CHANNELS)
    )


def test_the_card_and_what_the_files_are_lie_beside_the_weights(tmp_path: Path) -> None:
    hub.MotionModel.from_pretrained().save_pretrained(tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlicense: gpl-3.0\n")
    for part in ("Data and licences", "FACEGOOD", "Figures", "Limits"):
        assert part in card
    described = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    assert 2e6 < described["motion.safetensors"]["parameters"] < 8e6
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 20e6


def test_a_push_uploads_the_saved_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import HfApi

    sent: dict[str, list[str]] = {}

    def create(self: HfApi, repo_id: str, **_: object) -> object:
        return type("Repo", (), {"repo_id": repo_id})()

    def upload(self: HfApi, *, repo_id: str, folder_path: Path, **_: object) -> str:
        sent[repo_id] = sorted(file.name for file in Path(folder_path).iterdir())
        return "pushed"

    monkeypatch.setattr(HfApi, "create_repo", create)
    monkeypatch.setattr(HfApi, "upload_folder", upload)
    assert hub.MotionModel.from_pretrained().push_to_hub("somebody/motion") == "pushed"
    assert sent == {"somebody/motion": ["README.md", "config.json", "listening.safetensors", "motion.safetensors"]}


@pytest.mark.parametrize("is_there", [True, False])
def test_what_is_no_model_is_told_in_one_line(is_there: bool, tmp_path: Path) -> None:
    where = tmp_path if is_there else "nobody/nothing-of-the-kind"
    with pytest.raises(FaceError, match="both weights|listening.safetensors") as told:
        hub.MotionModel.from_pretrained(where)
    assert "\n" not in str(told.value)
