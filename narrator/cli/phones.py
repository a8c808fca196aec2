"""`narrator phones`: a source in, its timed speech sounds and words on standard output."""

from __future__ import annotations

import argparse

from narrator import assemble
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import show, show_json
from narrator.cli.requests import request

DIGITS = 6
"""Decimals of a second: finer than a sample at any rate in use."""


def run(options: argparse.Namespace) -> int:
    """Prints times in seconds since the first sample; a silence has an empty ipa."""
    asked = request(options)
    phones: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    for kind, text, start_s, duration_s in assemble.timed_speech(asked, chosen_settings(options)):
        times = {"start_s": round(start_s, DIGITS), "duration_s": round(duration_s, DIGITS)}
        if not options.json:
            show(f"{kind}\t{start_s:.3f}\t{duration_s:.3f}\t{text}")
        elif kind == "phone":
            phones.append({"ipa": text, **times})
        else:
            words.append({"text": text, **times})
    if options.json:
        show_json({"phones": phones, "words": words})
    return 0
