"""A presenter's name in, its folder in avatar/presenters drawn again: python -m avatar.studio NAME."""

from __future__ import annotations

import sys
from pathlib import Path

from avatar.render.presenter import save_presenter
from avatar.studio.ada import draw as draw_ada

PRESENTERS = {"ada": draw_ada}
FOLDER = Path(__file__).resolve().parents[1] / "presenters"


def main(arguments: list[str]) -> int:
    """Draws each named presenter, or all of them."""
    for name in arguments or sorted(PRESENTERS):
        if name not in PRESENTERS:
            sys.stderr.write(f"expected one of {', '.join(sorted(PRESENTERS))}; {name!r} came.\n")
            return 2
        save_presenter(PRESENTERS[name](), FOLDER / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
