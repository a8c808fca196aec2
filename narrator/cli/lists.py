"""`narrator presenter` and `narrator voice`: nothing in, the faces and voices there are out."""

from __future__ import annotations

import argparse

from narrator import assemble
from narrator.cli.printing import show, show_json
from narrator.errors import FaceError


def presenters(options: argparse.Namespace) -> int:
    """One face a line, beginning with its name."""
    found = assemble.presenters()
    if not found:
        raise FaceError("at least one presenter", "narrator came without any", "Install it again.")
    if options.json:
        show_json([{"name": name, "title": title} for name, title in found])
        return 0
    width = max(len(name) for name, _ in found)
    for name, title in found:
        show(f"{name:<{width}}  {title}")
    return 0


def presenter(options: argparse.Namespace) -> int:
    """One face, told about."""
    for name, title in assemble.presenters():
        if name == options.name:
            if options.json:
                show_json({"name": name, "title": title})
            else:
                show(f"{name}: {title}")
            return 0
    raise FaceError("the name of a presenter", f'"{options.name}" came', "Run: narrator presenter list")


def voices(options: argparse.Namespace) -> int:
    """One voice a line, beginning with the name that --voice takes."""
    found = assemble.voices()
    if options.json:
        show_json([{"name": name, "language": language, "about": about} for name, language, about in found])
        return 0
    for name, language, about in found:
        show(f"{name:<24}  {language:<12}  {about}")
    return 0
