"""Errors say what to do next; nothing is swallowed or printed; no file knows one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import narrator.errors
from tests.architecture.source_tree import ROOT, product_files, text_of, tree_of

ERRORS = {name for name, thing in vars(narrator.errors).items() if isinstance(thing, type)} - {"Cancelled"}
FOREIGN = re.compile(r"/work\b|/opt/|/home/|/root/|pypi\.org|pythonhosted\.org|deb\.debian\.org")
"""Paths of one machine and addresses of registries: pip, apt and the person know their own."""
BESIDE = re.compile(r"\.\./shared|shared/(data|reference|tools)")
"""Material beside some checkouts: tests and benchmarks may look for it, the product may not."""
NEXT_STEP = 2
"""Place of the next step among an error's arguments: expected, came, next_step."""


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    found = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return [(ast.unparse(node.func), node) for node in found]


def literal_start(node: ast.expr) -> str | None:
    """How the text begins, as far as it is written out; None where it is not."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0] if node.values else ast.Constant("")
    if isinstance(node, ast.BinOp):
        return literal_start(node.left)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def next_step_faults(name: str, call: ast.Call) -> str:
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return ""
    given = {word.arg: word.value for word in call.keywords}
    step = call.args[NEXT_STEP] if len(call.args) > NEXT_STEP else given.get("next_step")
    if step is None:
        return f"{name} has no next step"
    start = literal_start(step)
    if start is not None and not re.match(r"[A-Z]\w+", start):
        return f"{name}: the next step is an instruction that begins with a verb, not {start!r}"
    return ""


def test_every_error_ends_with_a_next_step() -> None:
    faults = [
        f"{path}:{call.lineno} {fault}"
        for path in product_files()
        for name, call in calls(path)
        if name.rpartition(".")[2] in ERRORS and (fault := next_step_faults(name, call))
    ]
    assert not faults, "\n".join(faults)


def test_the_drawn_tree_of_errors_names_them_all() -> None:
    drawn = narrator.errors.__doc__ or ""
    assert not [name for name in ERRORS if not re.search(rf"\b{name}\b", drawn)]


def test_nothing_below_a_command_line_prints() -> None:
    faults = [
        f"{path}:{call.lineno} {name}"
        for path in product_files()
        if path.parts[:2] != ("narrator", "cli") and path.name != "__main__.py"
        for name, call in calls(path)
        if name in ("print", "sys.stdout.write", "sys.stderr.write")
    ]
    assert not faults, "\n".join(faults)


def test_nothing_is_swallowed_by_a_bare_except() -> None:
    faults = [
        f"{path}:{node.lineno}"
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not faults, "\n".join(faults)


def test_no_file_knows_this_machine_or_a_registry() -> None:
    others = [
        path
        for pattern in ("scripts/*", "benchmarks/**/*.py", "docs/*.md", "*.md", "*.toml", "Makefile", ".ci/*")
        for path in ROOT.glob(pattern)
        if path.is_file()
    ]
    product = [ROOT / path for path in product_files()]
    faults = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in product + others
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(line) or (path in product and BESIDE.search(line))
    ]
    assert not faults, "\n".join(faults)


def test_no_shell_and_no_pickle() -> None:
    unsafe = ("os.system", "os.popen", "eval", "exec", "pickle.load", "pickle.loads")
    faults = [
        f"{path}:{call.lineno} {name}" for path in product_files() for name, call in calls(path) if name in unsafe
    ]
    shells = [path for path in product_files() if "shell=True" in text_of(path)]
    assert not faults
    assert not shells
