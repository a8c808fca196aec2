"""A presenter's name in, its folder in avatar/presenters drawn again: python -m avatar.studio NAME."""

from __future__ import annotations

import sys
from pathlib import Path

from avatar.render.presenter_folder import save_presenter
from avatar.studio.assemble import draw
from avatar.studio.people import PEOPLE

FOLDER = Path(__file__).resolve().parents[1] / "presenters"


def main(arguments: list[str]) -> int:
    """Draws each named presenter, or all of them."""
    for name in arguments or sorted(PEOPLE):
        if name not in PEOPLE:
            sys.stderr.write(f"expected one of {', '.join(sorted(PEOPLE))}; {name!r} came.\n")
            return 2
        save_presenter(draw(PEOPLE[name]), FOLDER / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
