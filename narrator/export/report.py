"""A run's documents and progress in, what report.json and the lines of --json say of them out.

A field of a document is added in one place: of_document().
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from narrator.export.document import ENDS, Document
from narrator.export.progress import Progress


def report(documents: Sequence[Document], progress: Progress) -> dict[str, object]:
    """The whole run."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    return {"time": now, **progress.as_dict(), "documents": [of_document(one) for one in documents]}


def of_document(document: Document) -> dict[str, object]:
    """One of them; film is empty and seconds 0 where there is no film, state "unfinished" where the run broke off."""
    record = document.record
    return {
        "source": document.source,
        "state": document.state if document.state in ENDS else "unfinished",
        "film": f"{record.name}.mp4" if record else "",
        "title": record.title if record else "",
        "seconds": round(record.seconds, 3) if record else 0.0,
        "notes": list(document.notes),
        "why": document.why,
    }
