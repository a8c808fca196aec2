"""Imports point one way, lazily hidden ones too."""

from __future__ import annotations

import pytest

from tests.architecture.import_table import HEAVY, MAY_IMPORT, ONLY_LAZILY, OPENLY_INSIDE, is_within, row_of
from tests.architecture.source_tree import PACKAGES, imports_of, module_name, product_files


def faults_in(module: str, imports: list[tuple[int, str, bool]]) -> list[str]:
    row = row_of(module)
    if row is None:
        return [f"{module} has no row in tests/architecture/import_table.py"]
    faults = []
    for line, name, is_lazy in imports:
        if name.split(".")[0] not in PACKAGES or name == "narrator" or is_within(name, row):
            continue
        allowed = MAY_IMPORT[row] + (ONLY_LAZILY.get(row, ()) if is_lazy else ())
        if not any(is_within(name, prefix) for prefix in allowed):
            faults.append(f"{module}:{line} imports {name}; {row} may import {', '.join(allowed) or 'nothing of ours'}")
    return faults


def test_every_import_follows_the_table() -> None:
    faults = [fault for path in product_files() for fault in faults_in(module_name(path), list(imports_of(path)))]
    assert not faults, "\n".join(faults)


def test_heavy_libraries_stay_in_their_folders_and_lazy() -> None:
    faults = [
        f"{module_name(path)}:{line} imports {name}"
        for path in product_files()
        for line, name, is_lazy in imports_of(path)
        for library in HEAVY
        if is_within(name, library) and not may_load(module_name(path), library, is_lazy)
    ]
    assert not faults, "\n".join(faults)


def may_load(module: str, library: str, is_lazy: bool) -> bool:
    if is_within(module, library) or any(is_within(module, folder) for folder in OPENLY_INSIDE.get(library, ())):
        return True
    return is_lazy and any(is_within(module, folder) for folder in HEAVY[library])


def test_nothing_shipped_imports_the_tests_or_benchmarks() -> None:
    faults = [
        f"{path}:{line} imports {name}"
        for path in product_files()
        for line, name, _ in imports_of(path)
        if name.split(".")[0] in ("tests", "benchmarks", "scripts", "pytest", "hypothesis")
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("module", "imported", "is_lazy"),
    [
        ("narrator.speech.espeak_voice", "avatar.motion_frame", True),
        ("narrator.outputs.window", "narrator.session", False),
        ("narrator.flow", "narrator.errors", False),
        ("readers.pdf", "narrator.stages", False),
        ("narrator.cli.read", "tui.app", False),
        ("narrator.a_new_file", "json", False),
    ],
)
def test_the_table_refuses_what_it_should(module: str, imported: str, is_lazy: bool) -> None:
    assert faults_in(module, [(1, imported, is_lazy)])


@pytest.mark.parametrize(
    ("module", "imported", "is_lazy"),
    [
        ("narrator.assemble", "readers.pdf", True),
        ("narrator.cli.panel", "tui.app", True),
        ("avatar.render.pose", "avatar.motion_frame", False),
        ("narrator.speech", "narrator.flow", False),
    ],
)
def test_the_table_allows_what_it_should(module: str, imported: str, is_lazy: bool) -> None:
    assert not faults_in(module, [(1, imported, is_lazy)])
