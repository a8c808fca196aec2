"""`python -m benchmarks --json` on standard input, or run here, in; the table of README.md renewed."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"
COLUMNS = ("name", "figure", "unit", "yardstick", "ratio")


def main() -> None:
    """Writes the table between the two marks."""
    text = sys.stdin.read() if not sys.stdin.isatty() and "-" in sys.argv else run_benchmarks()
    before, _, rest = README.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n{table(json.loads(text))}\n\n{machine()}\n{END}{after}", encoding="utf-8")


def run_benchmarks() -> str:
    """What the benchmarks print for programs."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "--json"], check=True, stdout=subprocess.PIPE, text=True, cwd=README.parent
    ).stdout


def table(rows: list[dict[str, Any]]) -> str:
    """Markdown, one row for each figure."""
    head = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    return "\n".join(head + [f"| {' | '.join(shown(row.get(column)) for column in COLUMNS)} |" for row in rows])


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


if __name__ == "__main__":
    main()
