"""Every file opens with one sentence, keeps its size, has a telling name and its own test."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.source_tree import ROOT, all_files, product_files, text_of, tree_of

OPENING_LIMIT = 117
FILE_LIMIT = 300
FUNCTION_LIMIT = 50
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "tools", "stuff"}

TESTED_THROUGH = {
    "narrator/assemble_outputs.py": "tests/narrator/test_assemble.py",
    "narrator/export/*.py": "tests/narrator/export/test_run.py",
    "narrator/assemble_following.py": "tests/narrator/cli/test_follow.py",
    "narrator/speech/espeak_worker.py": "tests/narrator/speech/test_espeak_process.py",
    "narrator/speech/system_worker.py": "tests/narrator/speech/test_system_voice.py",
    "narrator/speech/alignment/sphinx_worker.py": "tests/narrator/speech/alignment/test_sphinx.py",
    "narrator/outputs/camera_process.py": "tests/narrator/outputs/test_camera.py",
    "narrator/outputs/live_screen.py": "tests/narrator/outputs/test_live.py",
    "narrator/screen_reader/voice_process.py": "tests/narrator/screen_reader/test_module.py",
    "narrator/sentences/abbreviations.py": "tests/narrator/sentences/test_boundaries.py",
    "narrator/held_process.py": "tests/tui/test_held_narration.py",
    "tui/*.py": "tests/tui/test_app.py",
    "avatar/articulation/*target*.py": "tests/avatar/articulation/test_lookup.py",
    "avatar/articulation/ipa_features.py": "tests/avatar/articulation/test_lookup.py",
    "avatar/articulation/*.py": "tests/avatar/articulation/test_contacts.py",
    "avatar/diffusion/*.py": "tests/avatar/diffusion/test_track.py",
    "avatar/listening/adaptation.py": "tests/avatar/listening/test_in_context.py",
    "avatar/listening/phone_loop.py": "tests/avatar/listening/test_in_context.py",
    "avatar/listening/*.py": "tests/avatar/listening/test_listening.py",
    "avatar/planning.py": "tests/avatar/diffusion/test_track.py",
    "avatar/training/learning/torch_network.py": "tests/avatar/diffusion/test_network.py",
    "avatar/training/learning/torch_listener.py": "tests/avatar/listening/test_listening.py",
    "avatar/training/learning/learn_to_listen.py": "tests/avatar/training/test_training.py",
    "avatar/training/learning/train.py": "tests/avatar/training/test_training.py",
    "avatar/training/extraction/*.py": "tests/avatar/training/extraction/test_extract.py",
    "avatar/training/*.py": "tests/avatar/training/test_training.py",
    "avatar/motion/*.py": "tests/avatar/motion/test_rules.py",
    "avatar/render/batch/*.py": "tests/avatar/render/batch/test_batch_renderer.py",
    "avatar/render/presenter.py": "tests/avatar/render/test_presenter_folder.py",
    "avatar/render/brows.py": "tests/avatar/render/test_renderer.py",
    "avatar/presenters/intake/worker.py": "tests/avatar/presenters/intake/test_process.py",
    "avatar/presenters/from_picture/*.py": "tests/avatar/presenters/from_picture/test_make.py",
    "avatar/studio/*.py": "tests/avatar/studio/test_assemble.py",
}
"""Source files without a test file of their own, and the test file of the door through which they are tested."""


def test_every_file_opens_with_one_sentence() -> None:
    faults = []
    for path in all_files():
        first = (ast.get_docstring(tree_of(path)) or "").partition("\n")[0]
        if not first or len(first) > OPENING_LIMIT or not first.endswith("."):
            faults.append(f"{path}: {first!r}")
    expected = f"expected one sentence of at most {OPENING_LIMIT} characters, ending with a full stop:\n"
    assert not faults, expected + "\n".join(faults)


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {path: len(text_of(path).splitlines()) for path in all_files()}
    faults = [f"{path}: {length} lines" for path, length in lengths.items() if length > FILE_LIMIT]
    assert not faults, "\n".join(faults)


def test_no_function_is_longer_than_50_lines() -> None:
    faults = [
        f"{path}:{node.lineno} {node.name}: {length} lines"
        for path in all_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LIMIT
    ]
    assert not faults, "\n".join(faults)


def test_no_file_has_a_name_that_says_nothing() -> None:
    faults = [str(path) for path in all_files() if EMPTY_NAMES & {part.removesuffix(".py") for part in path.parts}]
    assert not faults, "\n".join(faults)


def test_every_source_file_has_its_test() -> None:
    faults = [
        f"{path}: expected {own_test(path)}, or a line in TESTED_THROUGH"
        for path in untested()
        if not any(fnmatch(str(path), pattern) for pattern in TESTED_THROUGH)
    ]
    assert not faults, "\n".join(faults)


def test_the_list_of_exceptions_is_true_and_needed() -> None:
    assert not [test for test in TESTED_THROUGH.values() if not (ROOT / test).is_file()]
    files = [str(path) for path in untested()]
    assert not [pattern for pattern in TESTED_THROUGH if not any(fnmatch(file, pattern) for file in files)]


def untested() -> list[Path]:
    """Source files with code of their own but without a test file of their own name."""
    return [path for path in product_files() if has_code(path) and not (ROOT / own_test(path)).is_file()]


def own_test(path: Path) -> str:
    stem = path.parent.name if path.name == "__init__.py" else path.stem
    return f"tests/{path.parent}/test_{stem}.py"


def has_code(path: Path) -> bool:
    return path.name != "__init__.py" or any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree_of(path).body
    )
