"""Films in the making in, a bar with a way to stop for each out."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, ProgressBar

from tui.film import Film
from tui.messages import NewsCame


class FilmBar(Horizontal):
    """One film."""

    def __init__(self, film: Film) -> None:
        super().__init__(classes="film")
        self.film = film
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Name, bar, button."""
        yield Label(f"Film {self.film.name} ", markup=False)
        yield ProgressBar(total=1.0, show_eta=True)
        yield Button("Give it up", compact=True)

    def on_mount(self) -> None:
        """Begins to follow it."""
        self._follow()

    @on(Button.Pressed)
    def _stop(self, event: Button.Pressed) -> None:
        event.stop()
        self._is_stopped = True
        self.film.stop()

    @work(thread=True, exit_on_error=False)
    def _follow(self) -> None:
        for share in self.film.progress():
            self.app.call_from_thread(self.query_one(ProgressBar).update, progress=share)
        fault = self.film.fault()
        if self._is_stopped:
            news = NewsCame(f"The film {self.film.name} was given up; nothing of it is left.")
        else:
            news = NewsCame(fault or f"The film {self.film.name} is ready.", is_fault=bool(fault))
        self.app.call_from_thread(self._leave, news)

    def _leave(self, news: NewsCame) -> None:
        self.app.post_message(news)
        self.remove()


class FilmsView(Vertical):
    """As high as there are films."""

    def add(self, film: Film) -> None:
        """One more."""
        self.mount(FilmBar(film))

    def stop_all(self) -> None:
        """The panel closes."""
        for bar in self.query(FilmBar):
            bar.film.stop()
