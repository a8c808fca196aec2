"""`narrator voice`: nothing in, the voices there are out."""

from __future__ import annotations

import argparse

from narrator import assemble
from narrator.cli.printing import show, show_json


def voices(options: argparse.Namespace) -> int:
    """One voice a line, beginning with the name that --voice takes."""
    found = assemble.voices()
    if options.json:
        show_json([{"name": name, "language": language, "about": about} for name, language, about in found])
        return 0
    for name, language, about in found:
        show(f"{name:<24}  {language:<12}  {about}")
    return 0
