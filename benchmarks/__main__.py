"""Names of benchmarks in, a table of figures out: name, figure, unit, yardstick, ratio.

Run as: python -m benchmarks [NAME ...] [--json]. Times are noisy on shared machines: trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import import_module

from benchmarks.figure import Figure
from narrator.matrix_threads import multiply_in_one_thread

BENCHMARKS = {
    "frame": "frame",
    "export": "export",
    "start": "start",
    "sync": "loop_back",
    "camera": "camera",
    "reader": "reader_delay",
    "soak": "soak",
    "memory": "memory",
    "help": "help_time",
    "panel": "panel",
    "readers": "reading_figures",
    "alignment": "alignment_figures",
    "articulation": "articulation",
    "following": "following",
    "pixels": "pixels",
    "separability": "separability",
    "flash": "flash",
    "film-quality": "film_quality",
    "shelf": "shelf",
    "shelf-speed": "shelf_speed",
}
"""What it is called -> the file with its measure()."""
COLUMNS = "{:<46} {:>10} {:<4} {:<46} {:>8}"


def main(arguments: list[str] | None = None) -> int:
    """Prints each figure as it is measured, or all as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all where none is named")
    parser.add_argument("--minutes", type=float, default=1.0, metavar="N", help="how long soak reads aloud")
    parser.add_argument("--json", action="store_true", help="print a JSON list")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.name if name not in BENCHMARKS]:
        parser.error(f"expected {', '.join(BENCHMARKS)}; {', '.join(unknown)} came")
    multiply_in_one_thread()  # as the program does
    figures = measured(chosen.name or list(BENCHMARKS), chosen.minutes)
    if chosen.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=1))
        return 0
    show(figures)
    return 0


def show(figures: Iterable[Figure]) -> None:
    """Prints each as it comes."""
    print(COLUMNS.format("name", "figure", "unit", "yardstick", "ratio"))
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        print(COLUMNS.format(figure.name, f"{figure.figure:.4g}", figure.unit, figure.yardstick, ratio), flush=True)


def measured(names: list[str], minutes: float) -> Iterator[Figure]:
    """One benchmark after the other; the soak for so many minutes."""
    for name in names:
        measure = import_module(f"benchmarks.{BENCHMARKS[name]}").measure
        yield from measure(minutes) if name == "soak" else measure()


if __name__ == "__main__":
    sys.exit(main())
