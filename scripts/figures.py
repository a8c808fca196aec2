"""The benchmarks in, the tables of README.md and docs/lipreading.md renewed out.

Run as: .venv/bin/python -m scripts.figures [PAGE or MARK ...], as docs/lipreading.md or flash; all where none is named.
With - the README's rows come from standard input, as `python -m benchmarks --json` prints them.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README, LIPS = ROOT / "README.md", ROOT / "docs" / "lipreading.md"
START, END = "<!-- {} -->", "<!-- /{} -->"
COLUMNS = ("name", "figure", "unit", "yardstick", "ratio")
WHOSE = ": "
"""Between a face's name and what was measured of it."""

Row = dict[str, Any]


def main() -> None:
    """Renews what is named."""
    if "-" in sys.argv:
        renew(README, "figures", f"{table(json.loads(sys.stdin.read()))}\n\n{machine()}")
        return
    for part in PARTS:
        if len(sys.argv) == 1 or {str(part.page.relative_to(ROOT)), part.mark} & set(sys.argv[1:]):
            rows = run_benchmarks(part.benchmarks)
            renew(part.page, part.mark, f"{part.written(rows)}\n\n{machine()}")


def renew(page: Path, mark: str, text: str) -> None:
    """Writes the text between the two marks of that name."""
    before, _, rest = page.read_text(encoding="utf-8").partition(START.format(mark))
    _, _, after = rest.partition(END.format(mark))
    page.write_text(f"{before}{START.format(mark)}\n{text}\n{END.format(mark)}{after}", encoding="utf-8")


def run_benchmarks(names: Sequence[str]) -> list[Row]:
    """What these benchmarks print for programs."""
    command = [sys.executable, "-m", "benchmarks", *names, "--json"]
    rows: list[Row] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    )
    return rows


def table(rows: list[Row]) -> str:
    """Markdown, one row for each figure."""
    lines = [f"| {' | '.join(shown(row.get(column)) for column in COLUMNS)} |" for row in rows]
    return "\n".join([_head(COLUMNS), *lines])


def table_by_face(rows: list[Row]) -> str:
    """Markdown: what is of a face, named "FACE: WHAT", as one column for each face; the rest as table() has it."""
    of_faces = [row for row in rows if WHOSE in row["name"]]
    others = [row for row in rows if WHOSE not in row["name"]]
    faces = list(dict.fromkeys(row["name"].partition(WHOSE)[0] for row in of_faces))
    cells: dict[str, dict[str, str]] = {}
    for row in of_faces:
        face, _, what = row["name"].partition(WHOSE)
        cells.setdefault(what, {})[face] = _cell(row)
    lines = [f"| {what} | {' | '.join(found.get(face, '') for face in faces)} |" for what, found in cells.items()]
    by_face = "\n".join([_head(("", *faces)), *lines])
    return "\n\n".join(part for part, is_wanted in ((by_face, of_faces), (table(others), others)) if is_wanted)


def _head(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def _cell(row: Row) -> str:
    figure = f"{shown(row['figure'])} {row['unit']}".strip()
    return f"{figure} ({shown(row['yardstick'])})" if row["yardstick"] else figure


def shown(value: object) -> str:
    """A number with three digits that count; nothing for nothing."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return "" if value is None else str(value).replace("|", "/")


def machine() -> str:
    """The machine the figures come from, in one line."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    processor = f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {memory_gb:.0f} GB, no GPU used"
    return f"Measured on {processor}, {platform.system()} {platform.release()}, Python {platform.python_version()}."


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page that is written by command."""

    page: Path
    mark: str
    benchmarks: tuple[str, ...]
    written: Callable[[list[Row]], str]


PARTS = (
    Part(
        README,
        "figures",
        ("frame", "export", "start", "memory", "help", "readers", "alignment", "articulation"),
        table,
    ),
    Part(LIPS, "pixels", ("pixels",), table_by_face),
    Part(LIPS, "separability", ("separability",), table_by_face),
    Part(LIPS, "flash", ("flash",), table),
    Part(LIPS, "frame", ("frame",), table),
    Part(ROOT / "docs" / "export.md", "shelf", ("shelf-speed", "shelf"), table),
)

if __name__ == "__main__":
    main()
