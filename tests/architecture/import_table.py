"""Who may import whom: the one table that the tests and docs/architecture.md stand on."""

from __future__ import annotations

GROUND = ("narrator.flow", "narrator.errors")

RECIPE = (
    *GROUND,
    *("narrator.stages", "narrator.sentences", "narrator.clock"),
    *("narrator.captions", "narrator.script", "narrator.performance_edits", "narrator.timeline"),
)
"""What the recipe and the session are made of: never a concrete voice, face or output."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "narrator": (),
    "narrator.flow": (),
    "narrator.errors": (),
    "narrator.clock": (),
    "narrator.stages": ("narrator.flow",),
    "narrator.sentences": (*GROUND, "narrator.stages"),
    "narrator.captions": (*GROUND, "narrator.stages"),
    "narrator.performance_edits": (*GROUND, "narrator.stages"),
    "narrator.timeline": (*GROUND, "narrator.stages"),
    "narrator.script": (*GROUND, "narrator.stages", "narrator.sentences"),
    "narrator.speech": (*GROUND, "narrator.stages"),
    "narrator.outputs": (*GROUND, "narrator.stages"),
    "narrator.pipeline": RECIPE,
    "narrator.rehearsal": (*RECIPE, "narrator.pipeline"),
    "narrator.session": (*RECIPE, "narrator.pipeline"),
    "narrator.settings": GROUND,
    "narrator.doctor": ("narrator", "avatar", "readers"),
    "narrator.assemble": ("narrator", "avatar", "readers"),
    "narrator.cli": ("narrator.settings", "narrator.assemble", "narrator.errors"),
    "narrator.__main__": ("narrator.cli",),
    "avatar": GROUND,
    "readers": GROUND,
    "tui": (*GROUND, "narrator.settings", "narrator.session", "narrator.assemble"),
}
"""A module's row is the longest one it lies under; narrator/session_*.py lie under the session's. Everything may import
what lies under its own row."""

ONLY_LAZILY = {"narrator.cli": ("tui",)}
"""Also allowed, but inside functions only."""

HEAVY: dict[str, tuple[str, ...]] = {
    "torch": ("avatar.motion", "avatar.training"),
    "mediapipe": ("avatar.presenters", "avatar.training", "avatar.studio"),
}
"""Where a heavy library may be imported, lazily."""


def row_of(module: str) -> str | None:
    """The table's row for a module; None where it has none."""
    rows = [row for row in MAY_IMPORT if is_within(module, row)]
    row = max(rows, key=len, default=None)
    # "narrator" itself is the package's __init__; a new file in it must be given a row of its own.
    return None if row == "narrator" and module != "narrator" else row


def is_within(module: str, prefix: str) -> bool:
    """Whether the module is the prefix or lies under it."""
    if prefix == "narrator.session" and module.startswith("narrator.session_"):
        return True
    return module == prefix or module.startswith(f"{prefix}.")
