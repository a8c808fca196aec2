"""What the panel wants in, the narration asked in threads and its news brought back out: nothing blocks the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.widgets import TabbedContent

from narrator import settings
from narrator.errors import NarratorError
from tui.add_screen import kept_text
from tui.film import Film
from tui.films_view import FilmsView
from tui.messages import NarrationEnded, NewsCame, StateCame
from tui.narration import Narration
from tui.page_keeper import PageKeeper
from tui.sight import Sight

if TYPE_CHECKING:
    from tui.app import Panel
    from tui.settings_view import SettingsView

PAGE_LOOK_S = 0.3
"""Between two looks for sentences that were read on to."""
PICTURE_S = 0.1
"""Between two pictures of the face."""
REFUSED_S = 2.0
"""Until a picture is asked for again, where there is none to be had."""
LONGEST_TEXT = 20_000_000
"""Characters of a pasted text; more than ten bibles."""


class Conductor:
    """Between the panel's thread and the narration's. Its public methods are called in the panel's thread."""

    def __init__(self, panel: Panel, opening: Callable[[], Narration]) -> None:
        self._panel = panel
        self._opening = opening
        self._narration: Narration | None = None
        self._asking = ThreadPoolExecutor(4, thread_name_prefix="narrator-panel")
        self._steering = ThreadPoolExecutor(1, thread_name_prefix="narrator-panel-steering")
        """Quick orders, in the order they were given."""
        self._state: Mapping[str, Any] = {}
        self._opened = threading.Event()
        """Also where it could not be: what people want before that waits for it, so that nothing is lost."""
        self._ended = threading.Event()
        self._rate = 0

    @property
    def narration(self) -> Narration | None:
        """None until it is open."""
        return self._narration

    def begin(self) -> None:
        """Opens it and watches it, in threads."""
        threading.Thread(target=self._run, name="narrator-panel-states", daemon=True).start()

    def ask(self, command: str, fields: Mapping[str, object] | None = None, news: str = "") -> None:
        """Asks and goes on; news is told once it is done, a refusal as its own line."""
        slow = command in ("set", "open") or (fields or {}).get("unit") == "heading"
        (self._asking if slow else self._steering).submit(self._ask, command, dict(fields or {}), news)

    def change_rate(self, by: int) -> None:
        """By so many words a minute from the rate that is set, within what the setting allows."""
        self._steering.submit(self._change_rate, by)

    def read_text(self, text: str) -> None:
        """A text that was pasted or typed, into the queue."""
        if text.strip():
            self._asking.submit(self._read_text, text)

    def film(self, target: str | None) -> None:
        """Makes a film of what is read and what waits, in a process of its own."""
        if target:
            self._asking.submit(self._film, target)

    def fetch(self, command: str, show: Callable[[Mapping[str, Any]], None], **fields: object) -> None:
        """Asks, and shows the answer in the panel's thread."""
        self._asking.submit(self._fetch, command, show, fields)

    def refresh_list(self, tab: str) -> None:
        """What that list shows is asked for anew."""
        from tui.outline_view import OutlineView
        from tui.outputs_view import OutputsView
        from tui.settings_view import FROM_LISTS, SettingsView

        if not self._panel.screen_stack:  # it is being closed
            return
        base = self._panel.screen_stack[0]
        if tab == "tab-outline":
            self.fetch("outline", lambda told: base.query_one(OutlineView).show(told["headings"]))
        elif tab == "tab-settings":
            self.fetch("settings", lambda told: base.query_one(SettingsView).show(told["settings"]))
            for name in FROM_LISTS:
                self._offer(base.query_one(SettingsView), name)
        elif tab == "tab-outputs":
            self.fetch("outputs", lambda told: base.query_one(OutputsView).show(told["outputs"]))

    def _refresh_outline(self) -> None:
        """A document that was read to its end has more headings than before."""
        for screen in self._panel.screen_stack[:1]:
            for lists in screen.query(TabbedContent):
                if lists.active == "tab-outline":
                    self.refresh_list(lists.active)

    def _offer(self, settings: SettingsView, name: str) -> None:
        self.fetch("offered", lambda told: settings.offer(name, told["offered"]), name=name)

    def end(self) -> None:
        """Lets go of the narration."""
        self._ended.set()
        self._steering.shutdown(wait=False, cancel_futures=True)
        self._asking.shutdown(wait=False, cancel_futures=True)
        if self._narration is not None:
            self._narration.close()

    def _run(self) -> None:
        try:
            narration = self._narration = self._opening()
        except Exception as fault:  # noqa: BLE001 - of a thread's end nobody would be told
            told = str(fault) if isinstance(fault, NarratorError) else f"The narration cannot be opened: {fault!r}"
            self._panel.post_message(NewsCame(told, is_fault=True))
            return
        finally:
            self._opened.set()
        for keep in (self._keep_page, self._keep_face):
            threading.Thread(target=keep, args=(narration,), name=f"narrator-panel{keep.__name__}", daemon=True).start()
        self._panel.post_message(NewsCame("Ready."))
        try:
            for line in narration.watch():
                before, self._state = self._state, {**self._state, **(line.get("state") or line.get("at") or {})}
                if self._ended.is_set():
                    return
                self._panel.post_message(StateCame(self._state))
                if before and before.get("sentence_count") != self._state.get("sentence_count"):
                    self._panel.call_later(self._refresh_outline)
        except NarratorError as fault:
            self._panel.post_message(NewsCame(str(fault), is_fault=True))
        self._panel.post_message(NarrationEnded())

    def _keep_page(self, narration: Narration) -> None:
        from tui.reading_view import ReadingView

        keeper = PageKeeper(narration.ask)
        while not self._ended.wait(PAGE_LOOK_S):
            if not self._state.get("item"):
                continue
            try:
                sentences = keeper.follow(self._state)
            except NarratorError:
                continue
            if sentences is not None and self._panel.is_running:
                page = self._panel.screen_stack[0].query_one(ReadingView)
                self._panel.call_later(page.show_sentences, sentences)

    def _keep_face(self, narration: Narration) -> None:
        """Asks for a picture ten times a second while one is looked at, and says once when nobody looks any more."""
        from tui.face_view import FaceView, picture_of

        face = self._panel.screen_stack[0].query_one(FaceView)
        was_wanted, shown = (0, 0), None
        while not self._ended.wait(PICTURE_S):
            wanted = face.wanted
            if wanted == was_wanted == (0, 0):
                continue
            was_wanted = wanted
            try:
                picture = picture_of(narration.ask("picture", columns=wanted[0], half_rows=wanted[1]))
            except NarratorError:  # a film, or an end that others tell of
                self._ended.wait(REFUSED_S)
                continue
            if picture is not None and picture != shown and not (self._ended.is_set() or self._panel.is_covered):
                shown = picture
                self._panel.call_later(face.show, picture)

    def _ask(self, command: str, fields: dict[str, object], news: str) -> Mapping[str, Any] | None:
        while not self._opened.wait(PAGE_LOOK_S):
            if self._ended.is_set():
                return None
        if self._narration is None:
            self._panel.post_message(NewsCame("There is no narration; F5 has the reason.", is_fault=True))
            return None
        try:
            answer = self._narration.ask(command, **fields)
        except NarratorError as fault:
            self._panel.post_message(NewsCame(str(fault), is_fault=True))
            if command == "set":
                self._panel.call_later(self.refresh_list, "tab-settings")
            return None
        if command == "set" and fields["name"] == "presenter":
            self._panel.call_later(self._panel.screen_stack[0].query_one(Sight).renew)
        if command == "set" and self._narration.is_own:
            self._remember(str(fields["name"]), str(fields["value"]))
        if news:
            self._panel.post_message(NewsCame(news))
        return answer

    def _remember(self, name: str, value: str) -> None:
        """For the next start: what the person chose here is what they want."""
        try:
            settings.store(name, settings.parse(name, value))
        except NarratorError as fault:
            self._panel.post_message(NewsCame(str(fault), is_fault=True))

    def _change_rate(self, by: int) -> None:
        told = self._ask("settings", {}, "")
        if told is None:
            return
        now = next(int(one["value"]) for one in told["settings"] if one["name"] == "rate")
        self._ask("set", {"name": "rate", "value": str(now + by)}, f"{now + by} words a minute.")

    def _read_text(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            told = (
                f"A text of at most {LONGEST_TEXT:,} characters can be pasted; {len(text):,} came. Save it as a file."
            )
            self._panel.post_message(NewsCame(told, is_fault=True))
            return
        try:
            source = kept_text(text)
        except OSError as fault:
            self._panel.post_message(NewsCame(f"The text could not be kept: {fault}", is_fault=True))
            return
        self._ask("add", {"source": source}, f"Added {len(text):,} characters, as {Path(source).name}.")

    def _film(self, target: str) -> None:
        told_words = self._ask(
            "export", {"target": target}, f"Making {Path(target).absolute()}; the narration goes on."
        )
        if told_words is not None:
            try:
                film = Film.begun(told_words["words"], target)
            except OSError as fault:
                self._panel.post_message(NewsCame(f"The film cannot be begun: {fault}", is_fault=True))
                return
            self._panel.call_later(self._panel.screen_stack[0].query_one(FilmsView).add, film)

    def _fetch(self, command: str, show: Callable[[Mapping[str, Any]], None], fields: dict[str, object]) -> None:
        told = self._ask(command, fields, "")
        if told is not None and self._panel.is_running:
            self._panel.call_later(show, told)
