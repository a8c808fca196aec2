"""Parsed options in, the request they make out."""

from __future__ import annotations

import argparse

from narrator.assemble import Request

TEXT_NAME = "the text given"
"""What a text given on the command line is called where its source is named."""


def request(options: argparse.Namespace) -> Request:
    """The sources to read; ends with wrong usage when there is none, or both a source and --text."""
    named = options.source if isinstance(options.source, list) else [options.source]
    sources = tuple(source for source in named if source is not None)
    if (options.text is None) == (not sources):
        options.wrong_usage("expected a SOURCE or --text WORDS, one of the two")
    return Request(sources or (TEXT_NAME,), options.text, options.password)
