"""`narrator doctor`: this machine, or a film, in; what works, and the line that mends the rest, out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from narrator import assemble
from narrator.cli import COULD_NOT, DONE
from narrator.cli.printing import show, show_json
from narrator.errors import SourceMissing


def run(options: argparse.Namespace) -> int:
    """Ends with 1 when something that narrator needs does not work."""
    film = Path(options.file) if options.file else None
    if film is not None and not film.is_file():
        raise SourceMissing("a film's file", f"there is none at {film}", "Check the spelling.")
    findings = []
    for finding in assemble.examine(film):
        findings.append(finding)
        if not options.json:
            mark = "works  " if finding.works else ("BROKEN " if finding.needed else "absent ")
            show(f"{mark} {finding.name}: {finding.detail}")
            if finding.mend:
                show(f"        mend it: {finding.mend}")
    if options.json:
        show_json([asdict(finding) for finding in findings])
    return DONE if all(finding.works or not finding.needed for finding in findings) else COULD_NOT
