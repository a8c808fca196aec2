"""`python -m narrator`: the same as the narrator command."""

from __future__ import annotations

from narrator.cli import run

if __name__ == "__main__":
    run()
