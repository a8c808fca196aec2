"""Sources, a folder and workers in, a film of each source out: what is there already is kept, the rest is made."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from narrator.errors import DiskFull, NarratorError, OutputError, SchedulerGone
from narrator.export.document import ENDS, Document, fingerprint
from narrator.export.drawing import Drawn, Task, draw
from narrator.export.folder import ExportFolder, Record
from narrator.export.joining import Joined, Joining, join
from narrator.export.making import CARD, PROCESSOR, Making, digest, parts, seen_settings
from narrator.export.page import Page
from narrator.export.progress import Progress
from narrator.export.reading import Script, read
from narrator.export.report import report
from narrator.export.section_file import whole_or_not_at_all
from narrator.export.sections import Section
from narrator.export.signing import made_from, sign
from narrator.export.workers import Workers
from narrator.uninterrupted import uninterrupted

T = TypeVar("T")

LOOK_S = 0.5
"""How long to wait before progress is told again."""
AHEAD = 2
"""Sections given to each worker, so that none waits for the next; and read for each, so that memory stays flat."""
FATAL = (DiskFull, SchedulerGone)
"""After these nothing else could be made either."""


class Export:
    """One run. tell is called with the progress, often, and with a document whenever one is made, kept or failed."""

    def __init__(
        self,
        folder: ExportFolder,
        sources: Sequence[str],
        making: Making,
        workers: Workers,
        here: Workers,
        *,
        password: str | None = None,
        is_signed: bool = True,
        tell: Callable[[Progress, Document | None], None] = lambda _progress, _document: None,
    ) -> None:
        """workers draw; here reads and joins, on this machine. The caller closes all three."""
        self._folder, self._making, self._workers, self._here = folder, making, workers, here
        self._password, self._is_signed, self._tell = password, is_signed, tell
        names = folder.names(sources)
        self.documents = [Document(source, names[source]) for source in sources]
        self.progress = Progress(len(self.documents))
        self._parts = parts(making.settings.presenter, making.settings.background)
        self._unread = deque(self.documents)
        self._undrawn: deque[tuple[str, Section]] = deque()
        self._wanted: dict[str, list[Document]] = {}
        self._under_way: dict[Future[Any], Callable[[Future[Any]], None]] = {}
        self._signing: set[Future[tuple[str, ...]]] = set()
        self._reading = 0
        self._slots: dict[str, int] = {}
        self._is_shared = False
        self._drawing: dict[str, int] = {PROCESSOR: 0, CARD: 0}
        self._page = Page(folder)
        self._fatal: NarratorError | None = None

    def run(self) -> None:
        """To the end, or until nothing can be made any more. Whatever breaks it off, what is whole stays."""
        try:
            self._keep_what_is_there()
            while self._fatal is None and self._give_out():
                if not self._under_way:  # no worker has come yet
                    time.sleep(LOOK_S)
                done, _ = wait(self._under_way, LOOK_S, FIRST_COMPLETED)
                for future in done:
                    self._take_up(future)
                self._tell(self.progress, None)
            self._give_up()
        finally:
            self._take_up_what_is_whole()
            self._write_report()

    def _take_up_what_is_whole(self) -> None:
        """Films that got their names while the run was broken off."""
        for future in wait(self._signing, LOOK_S, ALL_COMPLETED).done:
            self._take_up(future)

    def _take_up(self, future: Future[Any]) -> None:
        self._under_way[future](future)
        del self._under_way[future]  # not before, as it may be broken off

    def _keep_what_is_there(self) -> None:
        """Files that have not changed since their film was made the same way are not even read."""
        self._unread.clear()
        for document in self.documents:
            record = self._folder.current(document.source)
            if record is not None and record.fingerprint and record.fingerprint == self._fingerprint(document):
                self._keep(document, record)
            else:
                self._unread.append(document)

    def _keep(self, document: Document, record: Record) -> None:
        document.record = record
        document.note(record.notes)
        self._end(document, "kept")

    def _give_out(self) -> bool:
        """New work for whoever is idle; False where there is none and none is under way."""
        try:
            slots = self._slots = self._workers.slots()
        except SchedulerGone as fault:
            self._fatal = fault
            return False
        self.progress.workers = sum(slots.values())
        wanted = AHEAD * max(1, self.progress.workers)
        while self._unread and self._reading + len(self._undrawn) < wanted and self._reading < wanted:
            document = self._unread.popleft()
            document.state = "reading"
            self._reading += 1
            future = self._here.submit(read, document.source, self._password, self._making.settings)
            self._under_way[future] = partial(self._was_read, document)
        for drawn_by in (CARD, PROCESSOR):
            while self._undrawn and self._drawing[drawn_by] < AHEAD * slots.get(drawn_by, 0):
                self._draw(*self._undrawn.popleft(), drawn_by)
        return bool(self._under_way or self._unread or self._undrawn)

    def _was_read(self, document: Document, future: Future[Script]) -> None:
        self._reading -= 1
        if (script := self._result(document, future)) is None:
            return
        document.script, document.state = script, "drawing"
        document.note(script.notes)
        document.sections = [self._making.name(section, PROCESSOR) for section in script.sections]
        self.progress.read(sum(section.letters for section in script.sections), len(script.sections))
        for name, section in zip(document.sections, script.sections, strict=True):
            if self._drawn_file(name, section) is not None:
                self.progress.was_there(section.letters)
            elif name in document.missing:
                self.progress.repeats(section.letters)
            else:
                document.missing.add(name)
                if name not in self._wanted:
                    self._wanted[name] = []
                    self._undrawn.append((name, section))
                self._wanted[name].append(document)
        if not document.missing:
            self._join(document)

    def _draw(self, name: str, section: Section, drawn_by: str) -> None:
        if not any(document.state == "drawing" for document in self._wanted.get(name, ())):
            self._wanted.pop(name, None)  # the documents that wanted it have failed
            return
        own_name = name if drawn_by == PROCESSOR else self._making.name(section, drawn_by)
        folder = str(self._folder.sections)
        task = Task(own_name, section, self._making, drawn_by, self._parts, folder, self._folder.token)
        self._drawing[drawn_by] += 1
        future = self._workers.submit(draw, task, drawn_by=drawn_by)
        self._under_way[future] = partial(self._was_drawn, name, section, drawn_by)

    def _was_drawn(self, name: str, section: Section, drawn_by: str, future: Future[Drawn]) -> None:
        self._drawing[drawn_by] -= 1
        documents = self._wanted.pop(name, [])
        try:
            drawn = future.result()
        except Exception as fault:  # noqa: BLE001 - the fault of those that wanted it, whatever it is
            for document in documents:
                self._fail(document, fault)
            return
        self._is_shared = drawn.data is None
        if drawn.data is not None and not self._write_section(drawn, documents):
            return
        for number, document in enumerate(documents):
            self.progress.drawn(section.letters, 0.0 if number else drawn.seconds)
            document.note(drawn.notes)
            document.missing.discard(name)
            if not document.missing and document.state == "drawing":
                self._join(document)

    def _write_section(self, drawn: Drawn, documents: list[Document]) -> bool:
        """What a worker sent that does not see the folder."""
        try:
            with whole_or_not_at_all(self._folder.section(drawn.name)) as part:
                part.write_bytes(drawn.data or b"")
        except NarratorError as fault:
            for document in documents:
                self._fail(document, fault)
            return False
        return True

    def _join(self, document: Document) -> None:
        script = document.script
        if script is None or not script.sections:
            self._end(document, "failed", "expected something to say; nothing is spoken in it. Check: narrator text")
            return
        files = [
            str(self._drawn_file(name, section))
            for name, section in zip(document.sections, script.sections, strict=True)
        ]
        title = script.title or document.name
        record = self._folder.current(document.source)
        names = [Path(file).name for file in files]
        key = digest([names, title, self._is_signed, seen_settings(self._making.settings)])
        if record is not None and record.key == key:
            self._keep(document, record)
            return
        document.state = "joining"
        film, unsigned = str(self._folder.film(document.name)), str(self._folder.unsigned(document.name))
        joining = Joining(film, tuple(files), title, self._making.settings.fps, unsigned if self._is_signed else "")
        joiner = self._workers if self._is_shared else self._here  # a long film's sound takes minutes to encode
        self._under_way[joiner.submit(join, joining)] = partial(self._was_joined, document, key, joining)

    def _was_joined(self, document: Document, key: str, joining: Joining, future: Future[Joined]) -> None:
        if self._is_shared and isinstance(future.exception(), OutputError) and self._workers is not self._here:
            self._is_shared = False  # that worker does not see the folder
            self._under_way[self._here.submit(join, joining)] = partial(self._was_joined, document, key, joining)
            return
        if (joined := self._result(document, future)) is None:
            return
        if self._is_signed:
            made = made_from(document.script.sections if document.script else (), self._making.settings)
            signed = self._here.submit(sign, joining.unsigned, joining.film, made)
            self._under_way[signed] = partial(self._was_signed, document, key, joined)
            self._signing.add(signed)
        else:
            self._finish(document, key, joined)

    def _was_signed(self, document: Document, key: str, joined: Joined, future: Future[tuple[str, ...]]) -> None:
        if document.state not in ENDS and (notes := self._result(document, future)) is not None:
            document.note(notes)
            self._finish(document, key, joined)
        self._signing.discard(future)

    def _finish(self, document: Document, key: str, joined: Joined) -> None:
        script = document.script
        title, language = (script.title, script.language) if script else ("", "")
        name, notes = document.name, tuple(document.notes)
        told, made = (document.source, name, title or name, language), (key, self._fingerprint(document))
        try:
            size_bytes = self._folder.film(name).stat().st_size
            document.record = Record(*told, joined.seconds, *made, size_bytes, notes)
            with uninterrupted():  # so that records, report and page tell of the film that is there
                self._page.write_film(document.record, joined)
                self._folder.keep(document.record)
                self._end(document, "made")
        except (NarratorError, OSError) as fault:
            self._fail(document, fault)

    def _drawn_file(self, name: str, section: Section) -> Path | None:
        """The section as it lies in the folder, drawn by whatever."""
        names = [name, self._making.name(section, CARD)] if CARD in self._slots else [name]
        return next((path for path in map(self._folder.section, names) if path.exists()), None)

    def _result(self, document: Document, future: Future[T]) -> T | None:
        """None where it failed, which is then the document's end."""
        try:
            return future.result()
        except Exception as fault:  # noqa: BLE001 - one document's fault, whatever it is, is not the others'
            self._fail(document, fault)
            return None

    def _fail(self, document: Document, fault: Exception) -> None:
        if isinstance(fault, FATAL):
            self._fatal = fault
        line = str(fault) if isinstance(fault, NarratorError) else f"{type(fault).__name__}: {fault}"
        if document.state != "failed":
            self._end(document, "failed", " ".join(line.split()))

    def _give_up(self) -> None:
        """What a fault of the whole run left unmade, named one by one."""
        for document in self.documents:
            if self._fatal is not None and document.state not in ENDS:
                self._end(document, "failed", str(self._fatal))

    def _end(self, document: Document, state: str, why: str = "") -> None:
        document.state, document.why, document.script = state, why, None
        self.progress.document(state)
        if state != "failed":
            try:
                self._page.refresh()
            except DiskFull as fault:
                self._fatal = fault
        self._tell(self.progress, document)

    def _fingerprint(self, document: Document) -> str:
        return fingerprint(document.source, self._making, is_signed=self._is_signed)

    def _write_report(self) -> None:
        whole = report(self.documents, self.progress)
        with suppress(DiskFull):  # which the documents that failed say already
            self._folder.write(self._folder.report, json.dumps(whole, indent=1, ensure_ascii=False))
            self._page.refresh(at_once=True)
