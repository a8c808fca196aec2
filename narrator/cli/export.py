"""`narrator export`: many sources in, a film of each out; films' names on standard output, events on standard error."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack, closing
from pathlib import Path

from narrator import assemble
from narrator.cli import COULD_NOT, DONE
from narrator.cli.arguments import chosen_settings
from narrator.cli.export_progress import reporter
from narrator.cli.printing import is_plain, say, show
from narrator.export.folder import ExportFolder, check_target
from narrator.export.making import CARD, PROCESSOR, Making
from narrator.export.own_cores import OwnCores
from narrator.export.run import Export
from narrator.export.sources import documents
from narrator.export.workers import Workers
from narrator.places import named_path, whole_path


def run(options: argparse.Namespace) -> int:
    """Makes what is not there yet; what failed is named at the end."""
    if options.into is None:
        return _of_running_narration(options)
    settings = chosen_settings(options)
    making = Making(settings, options.burn_captions)
    assemble.viewport(settings)  # a wrong wish is told before anything is read
    into = whole_path(str(named_path(options.into)))
    check_target(into)
    sources = [one for one in documents(options.source) if not Path(one).is_relative_to(into)]
    with ExitStack() as stack:
        folder = stack.enter_context(closing(ExportFolder(into)))
        drawn_by = CARD if settings.graphics_card and not options.cluster and assemble.graphics_card() else PROCESSOR
        here = stack.enter_context(closing(OwnCores(options.jobs or _cores(), drawn_by)))
        workers: Workers = here
        if options.cluster:
            from narrator.export.cluster import Cluster

            workers = stack.enter_context(closing(Cluster(options.cluster)))
        report = stack.enter_context(reporter(plain=is_plain(options.plain), as_json=options.json))
        export = Export(folder, sources, making, workers, here, password=options.password, tell=report)
        export.run()
    return _end(export, folder)


def _of_running_narration(options: argparse.Namespace) -> int:
    """One film, of what another process reads."""
    from narrator.cli import steer

    if len(options.source) != 1 or not assemble.is_film(options.source[0]):
        options.wrong_usage("expected --into FOLDER, or one FILE.mp4 for the running narration")
    options.target = options.source[0]
    return steer.export(options)


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end(export: Export, folder: ExportFolder) -> int:
    """Names the films and what failed."""
    for document in export.documents:
        if document.state in ("made", "kept"):
            show(str(folder.film(document.name)))
    failed = [document for document in export.documents if document.state == "failed"]
    if not failed:
        return DONE
    for document in failed:
        say(f"narrator: {document.source}: {document.why}")
    some = "1 document" if len(failed) == 1 else f"{len(failed)} documents"
    say(f"narrator: {some} of {len(export.documents)} failed; the same command tries them again")
    return COULD_NOT
