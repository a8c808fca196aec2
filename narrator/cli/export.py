"""`narrator export`: many sources in, a film of each out; films' names on standard output, events on standard error."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack, closing

from narrator import assemble
from narrator.cli import COULD_NOT, DONE
from narrator.cli.arguments import chosen_settings
from narrator.cli.export_progress import reporter
from narrator.cli.printing import is_plain, show
from narrator.errors import SettingError
from narrator.export.folder import ExportFolder, check_target
from narrator.export.making import CARD, PROCESSOR, Making
from narrator.export.own_cores import OwnCores
from narrator.export.run import Export
from narrator.export.sources import documents
from narrator.export.workers import Workers
from narrator.places import whole_path

MOST_A_CORE = 4
"""Processes: more of them draw nothing sooner, and each takes a quarter of a gigabyte."""


def run(options: argparse.Namespace) -> int:
    """Makes what is not there yet; what failed is named at the end."""
    if options.into is None:
        return _of_running_narration(options)
    settings = chosen_settings(options)
    making = Making(settings, options.burn_captions)
    assemble.viewport(settings)  # a wrong wish is told before anything is read
    if not options.into:
        options.wrong_usage("expected --into FOLDER; an empty name came")
    into = whole_path(options.into)
    check_target(into)
    jobs, sources = _jobs(options.jobs), documents(options.source)
    with ExitStack() as stack:
        is_far = options.cluster is not None
        drawn_by = CARD if settings.graphics_card and not is_far and assemble.graphics_card() else PROCESSOR
        here = stack.enter_context(closing(OwnCores(jobs, drawn_by)))
        workers: Workers = here
        if is_far:
            from narrator.export.cluster import Cluster

            workers = stack.enter_context(closing(Cluster(options.cluster, settings)))
        folder = stack.enter_context(closing(ExportFolder(into)))  # made when workers are there
        report = reporter(plain=is_plain(options.plain), as_json=options.json)
        export = Export(folder, sources, making, workers, here, password=options.password, tell=report)
        try:
            with report:
                export.run()
        finally:  # a run that was broken off has made films too
            _name_films(export, folder)
    report.end(export, folder.page)
    return COULD_NOT if export.progress.failed else DONE


def _of_running_narration(options: argparse.Namespace) -> int:
    """One film, of what another process reads."""
    from narrator.cli import steer

    if len(options.source) != 1 or not assemble.is_film(options.source[0]):
        options.wrong_usage("expected --into FOLDER, or one FILE.mp4 for the running narration")
    options.target = options.source[0]
    return steer.export(options)


def _jobs(wanted: int | None) -> int:
    """One for each core that this process may use, unless another number is wanted. Raises SettingError."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    most = MOST_A_CORE * cores
    if wanted is not None and wanted > most:
        next_step = "Leave --jobs out for one to each core."
        raise SettingError(f"--jobs up to {most}, {MOST_A_CORE} for each core here", f"{wanted} came", next_step)
    return wanted or cores


def _name_films(export: Export, folder: ExportFolder) -> None:
    for document in export.documents:
        if document.state in ("made", "kept"):
            show(str(folder.film(document.name)))
