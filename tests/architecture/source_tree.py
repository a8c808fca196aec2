"""The checkout's Python files in, their paths, module names and parsed trees out."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("narrator", "avatar", "readers", "tui")
"""What is shipped; tests, benchmarks and scripts are not."""


def product_files() -> list[Path]:
    """Every Python file that is shipped, relative to the checkout."""
    return [path for package in PACKAGES for path in _python_files(package)]


def all_files() -> list[Path]:
    """Every Python file of the checkout, relative to it."""
    return [path for folder in (*PACKAGES, "tests", "benchmarks", "scripts") for path in _python_files(folder)]


def module_name(path: Path) -> str:
    """narrator/speech/__init__.py is narrator.speech."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def text_of(path: Path) -> str:
    """The file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(text_of(path), str(path))


def imports_of(path: Path) -> Iterator[tuple[int, str, bool]]:
    """(line, imported module, whether inside a function) of every import, importlib's with a literal name included.

    What is imported for type checkers only counts as inside a function: it is never run.
    """
    lazy = {
        id(inner)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _is_for_type_checkers(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree_of(path)):
        for name in _imported_by(node, path):
            yield getattr(node, "lineno", 0), name, id(node) in lazy


def _is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _imported_by(node: ast.AST, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = _absolute(node, path)
        # `from narrator import flow` imports narrator.flow: the name counts where it is a module of ours.
        return [f"{module}.{alias.name}" if _is_module(f"{module}.{alias.name}") else module for alias in node.names]
    if isinstance(node, ast.Call) and _called_name(node) in ("import_module", "__import__") and node.args:
        name = node.args[0]
        return [name.value] if isinstance(name, ast.Constant) and isinstance(name.value, str) else []
    return []


def _absolute(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    package = module_name(path).split(".")
    depth = node.level - (1 if path.name == "__init__.py" else 0)
    return ".".join([*package[: len(package) - depth], *([node.module] if node.module else [])])


def _called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _python_files(folder: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)
