"""Who may import whom: the one table that the tests and docs/architecture.md stand on."""

from __future__ import annotations

GROUND = ("narrator.flow", "narrator.errors", "narrator.places", "narrator.child_process")

RECIPE = (
    *GROUND,
    *("narrator.stages", "narrator.sentences", "narrator.background", "narrator.positions", "narrator.made_from"),
    *("narrator.captions", "narrator.script", "narrator.performance_edits", "narrator.timeline"),
)
"""What the recipe and the session are made of: never a concrete voice, face or output."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "narrator": (),
    "narrator.flow": (),
    "narrator.errors": (),
    "narrator.places": (),
    "narrator.background": (),
    "narrator.uninterrupted": (),
    "narrator.child_process": (),
    "narrator.positions": (),
    "narrator.freed_memory": (),
    "narrator.made_from": ("narrator.flow", "narrator.places"),
    "narrator.matrix_threads": (),
    "narrator.stages": ("narrator.flow",),
    "narrator.sentences": (*GROUND, "narrator.stages"),
    "narrator.captions": (*GROUND, "narrator.stages"),
    "narrator.performance_edits": (*GROUND, "narrator.stages"),
    "narrator.timeline": (*GROUND, "narrator.stages"),
    "narrator.script": (*GROUND, "narrator.stages", "narrator.sentences"),
    "narrator.speech": (*GROUND, "narrator.stages"),
    "narrator.outputs": (
        *(*GROUND, "narrator.background", "narrator.uninterrupted", "narrator.stages", "narrator.timeline"),
    ),
    "narrator.microphone": GROUND,
    "narrator.pipeline": RECIPE,
    "narrator.rehearsal": (*RECIPE, "narrator.pipeline"),
    "narrator.session": (*RECIPE, "narrator.pipeline"),
    "narrator.remote": GROUND,
    "narrator.settings": GROUND,
    "narrator.live_settings": (*GROUND, "narrator.stages", "narrator.settings", "narrator.session"),
    "narrator.credentials": (*GROUND, "narrator.made_from"),
    "narrator.export": (
        *(*RECIPE, "narrator.pipeline", "narrator.outputs", "narrator.settings", "narrator.assemble"),
        *("narrator.presenters", "narrator.uninterrupted"),
    ),
    "narrator.doctor": ("narrator", "avatar", "readers"),
    "narrator.assemble": ("narrator", "avatar", "readers"),
    "narrator.presenters": (*GROUND, "narrator.made_from", "narrator.credentials", "avatar"),
    "narrator.live_outputs": (
        *GROUND,
        "narrator.stages",
        "narrator.made_from",
        "narrator.settings",
        "narrator.assemble",
    ),
    "narrator.live_preview": (
        *(*GROUND, "narrator.stages", "narrator.settings", "narrator.assemble", "narrator.presenters"),
        "narrator.session",
    ),
    "narrator.held_process": (
        *("narrator.assemble", "narrator.settings", "narrator.live_session", "narrator.live_preview"),
        "narrator.errors",
    ),
    "narrator.live_session": (
        *("narrator.live_preview", "narrator.presenters"),
        *("narrator.assemble", "narrator.settings", "narrator.live_settings", "narrator.session"),
        *("narrator.live_outputs", "narrator.stages", "narrator.remote", "narrator.positions", "narrator.freed_memory"),
    ),
    "narrator.desktop_service": ("narrator.errors", "narrator.live_session"),
    "narrator.screen_reader": (
        *(*GROUND, "narrator.stages", "narrator.sentences", "narrator.speech", "narrator.outputs"),
        *("narrator.remote", "narrator.settings", "narrator.matrix_threads"),
    ),
    "narrator.cli": (
        *("narrator.settings", "narrator.assemble", "narrator.presenters", "narrator.live_session"),
        *("narrator.errors", "narrator.places", "narrator.export", "narrator.screen_reader"),
        "narrator.matrix_threads",
    ),
    "narrator.__main__": ("narrator.cli",),
    "avatar": GROUND,
    "avatar.training": (*GROUND, "narrator.speech", "avatar"),
    "readers": GROUND,
    "tui": (
        *(*GROUND, "narrator.settings", "narrator.session", "narrator.assemble", "narrator.live_session"),
        "narrator.presenters",
    ),
}
"""A module's row is the longest one it lies under; narrator/session_*.py lie under the session's and
narrator/assemble_*.py under assemble's. Everything may import what lies under its own row."""

ONLY_LAZILY = {"narrator.cli": ("tui",)}
"""Also allowed, but inside functions only."""

HEAVY: dict[str, tuple[str, ...]] = {
    "torch": ("avatar.training", "avatar.render.batch"),
    "avatar.render.batch": ("avatar",),
    "avatar.training.learning": ("avatar.training",),
    "huggingface_hub": ("avatar.hub",),
    "mediapipe": ("avatar.presenters", "avatar.training", "avatar.studio"),
}
"""Where a heavy library may be imported, lazily."""

OPENLY_INSIDE: dict[str, tuple[str, ...]] = {
    "torch": ("avatar.render.batch", "avatar.training.learning"),
    "huggingface_hub": ("avatar.hub",),
}
"""Folders that are themselves imported lazily may import their library at the top of their files."""


def row_of(module: str) -> str | None:
    """The table's row for a module; None where it has none."""
    rows = [row for row in MAY_IMPORT if is_within(module, row)]
    row = max(rows, key=len, default=None)
    # "narrator" itself is the package's __init__; a new file in it must be given a row of its own.
    return None if row == "narrator" and module != "narrator" else row


def is_within(module: str, prefix: str) -> bool:
    """Whether the module is the prefix or lies under it."""
    if prefix in ("narrator.session", "narrator.assemble") and module.startswith(f"{prefix}_"):
        return True
    return module == prefix or module.startswith(f"{prefix}.")
