"""Each field of flow.py says what it is: in its unit, its type or a line under it."""

from __future__ import annotations

import ast
from pathlib import Path

import narrator.flow
from tests.architecture.source_tree import imports_of, tree_of

FLOW = Path("narrator/flow.py")
UNITS = ("_s", "_hz", "_mm", "_deg", "_px", "_wpm", "_fps")


def says_what_it_is(field: ast.AnnAssign, following: ast.stmt | None) -> bool:
    assert isinstance(field.target, ast.Name)
    has_doc = (
        isinstance(following, ast.Expr)
        and isinstance(following.value, ast.Constant)
        and isinstance(following.value.value, str)
    )
    has_noun_for_type = hasattr(narrator.flow, ast.unparse(field.annotation))
    return has_doc or has_noun_for_type or field.target.id.endswith(UNITS)


def test_every_field_says_what_it_is() -> None:
    faults = []
    for noun in tree_of(FLOW).body:
        if isinstance(noun, ast.ClassDef):
            for statement, following in zip(noun.body, [*noun.body[1:], None], strict=True):
                if isinstance(statement, ast.AnnAssign) and not says_what_it_is(statement, following):
                    faults.append(f"{FLOW}:{statement.lineno} {noun.name}.{ast.unparse(statement.target)}")
    assert not faults, "\n".join(faults)


def test_every_noun_is_frozen_and_has_a_docstring() -> None:
    nouns = [node for node in tree_of(FLOW).body if isinstance(node, ast.ClassDef)]
    assert not [noun.name for noun in nouns if ast.get_docstring(noun) is None]
    loose = [
        noun.name for noun in nouns if noun.decorator_list and "frozen=True" not in ast.unparse(noun.decorator_list[0])
    ]
    assert not loose


def test_the_nouns_need_numpy_and_the_standard_library_only() -> None:
    assert {name.split(".")[0] for _, name, _ in imports_of(FLOW)} <= {
        "__future__",
        "collections",
        "dataclasses",
        "enum",
        "numpy",
        "typing",
    }
