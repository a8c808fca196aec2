"""`narrator text`: a source in, exactly what would be read of it on standard output."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from narrator import assemble
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import show, show_json_stream
from narrator.cli.requests import request


def run(options: argparse.Namespace) -> int:
    """Prints one block after the other as it is read, with an empty line between."""
    asked = request(options)
    passage = assemble.passage(asked.sources[0], asked, chosen_settings(options))
    if options.json:
        head = {"source": passage.source, "title": passage.title, "language": passage.language}
        show_json_stream(head, "blocks", (asdict(block) for block in passage.blocks))
        return 0
    for number, block in enumerate(passage.blocks):
        if number:
            show()
        show(block.text)
    return 0
