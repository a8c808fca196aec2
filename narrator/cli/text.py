"""`narrator text`: a source in, exactly what would be read of it on standard output."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from itertools import chain

from narrator import assemble
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import show, show_json_stream
from narrator.cli.requests import request


def run(options: argparse.Namespace) -> int:
    """Prints the title and one block after the other as they are read, with an empty line between."""
    asked = request(options)
    passage = assemble.passage(asked.sources[0], asked, chosen_settings(options))
    title, blocks = assemble.blocks_as_read(passage)
    if options.json:
        head = {"source": passage.source, "title": passage.title, "language": passage.language}
        rows = (asdict(block) for block in blocks)
        show_json_stream({**head, "title_is_announced": bool(title)}, "blocks", rows)
        return 0
    for number, text in enumerate(chain([title] if title else [], (assemble.words_of(block) for block in blocks))):
        if number:
            show()
        show(text)
    return 0
