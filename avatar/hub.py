"""The weights of both networks as Hugging Face's hub knows models: saved to a folder, loaded, pushed.

Needs huggingface_hub (the extra `hub`), which nothing that narrates imports. Nothing goes out unless it is asked for:
from_pretrained() without a name loads the weights that ship, and a name is looked up on this machine alone unless
local_files_only=False is given.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from huggingface_hub import ModelHubMixin, hf_hub_download
from huggingface_hub.errors import HfHubHTTPError

from avatar.diffusion.generator import WEIGHTS as MOVER
from avatar.diffusion.generator import Generator, generator
from avatar.diffusion.weights import read_weights
from avatar.listening.network import Listener
from avatar.listening.weights import WEIGHTS as EARS
from avatar.listening.weights import listener
from narrator.errors import FaceError

SHIPPED = "shipped"
FILES = (MOVER.name, EARS.name)
CONFIG, CARD = "config.json", "README.md"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "motion.md"
PACKAGED = Path(__file__).with_name("motion.md")
"""The model card: the page of the documentation in a checkout, a copy of it in an installed package."""
HEAD = """\
---
license: gpl-3.0
library_name: narrator
pipeline_tag: audio-to-audio
tags: [talking-head, lip-reading, accessibility, diffusion, numpy, model_hub_mixin]
---

"""
NEXT_STEP = "Name a folder that save_pretrained wrote, or leave the name out for the weights that ship."


class MotionModel(ModelHubMixin):
    """The ears and the mover, from one folder or repository."""

    def __init__(self, mover: Path = MOVER, ears: Path = EARS) -> None:
        self.files = (mover, ears)

    @property
    def mover(self) -> Generator:
        """The diffusion transformer that moves the face. Raises FaceError for weights of another layout."""
        return generator(self.files[0])

    @property
    def ears(self) -> Listener:
        """The network that hears what the lips must do. Raises FaceError for weights of another layout."""
        return listener(self.files[1])

    @classmethod
    def from_pretrained(
        cls, pretrained_model_name_or_path: str | Path = SHIPPED, *, local_files_only: bool = True, **how: Any
    ) -> MotionModel:
        """A folder, a repository of the hub, or SHIPPED; how: as ModelHubMixin has it. Raises FaceError."""
        if str(pretrained_model_name_or_path) == SHIPPED:
            return cls()
        name = pretrained_model_name_or_path
        try:
            made = super().from_pretrained(name, local_files_only=local_files_only, **how)
        except (OSError, ValueError, HfHubHTTPError) as fault:
            reason = str(fault).splitlines()[0]
            raise FaceError("a folder or repository with both weights", f"{name} ({reason})", NEXT_STEP) from None
        assert isinstance(made, MotionModel)
        return made

    @classmethod
    def _from_pretrained(cls, *, model_id: str, **how: Any) -> MotionModel:
        mover, ears = (_file(model_id, name, how) for name in FILES)
        made = cls(mover, ears)
        for network in (made.mover, made.ears):  # a wrong layout is told now
            assert network
        return made

    def _save_pretrained(self, save_directory: Path) -> None:
        """Both files of weights, what they are in JSON, and the model card."""
        described = {}
        for name, file in zip(FILES, self.files, strict=True):
            shutil.copyfile(file, save_directory / name)
            arrays, notes = read_weights(file)
            described[name] = {"parameters": sum(one.size for one in arrays.values()), **notes}
        (save_directory / CONFIG).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
        (save_directory / CARD).write_text(card(), encoding="utf-8")

    def generate_model_card(self, *_: Any, **__: Any) -> Any:
        """Ours is saved with the weights: data, licences, figures, limits."""
        from huggingface_hub import ModelCard

        return ModelCard(card())


def card() -> str:
    """The model card with the head that the hub reads."""
    page = PACKAGED if PACKAGED.exists() else PAGE
    return HEAD + page.read_text(encoding="utf-8")


def _file(model: str, name: str, how: dict[str, Any]) -> Path:
    if Path(model).is_dir():
        file = Path(model) / name
        if not file.exists():
            raise FaceError(f"a folder with {' and '.join(FILES)}", f"{model} has no {name}", NEXT_STEP)
        return file
    keys = ("revision", "cache_dir", "force_download", "token", "local_files_only")
    return Path(hf_hub_download(model, name, **{key: how[key] for key in keys if key in how}))
