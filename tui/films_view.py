"""Films in the making in, a bar with the time left and a way to give it up for each out."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, ProgressBar, Static

from tui.film import Film
from tui.messages import NewsCame
from tui.remembered import Remembered, note
from tui.transport import TimeLeft, clock


class FilmBar(Horizontal):
    """One film."""

    def __init__(self, film: Film) -> None:
        super().__init__(classes="film under-way")
        self.film = film
        self.words = ""
        """How far it has come."""
        self._left = TimeLeft()
        self.is_stopped = False

    def compose(self) -> ComposeResult:
        """Name, bar, words, button."""
        yield Label(f"Film {self.film.name} ", markup=False)
        yield ProgressBar(total=1.0, show_eta=False, show_percentage=False)
        yield Static("begins ...", classes="words", markup=False)
        yield Button("Give it up", compact=True)

    def on_mount(self) -> None:
        """Begins to follow it."""
        self._follow()

    @on(Button.Pressed)
    def _stop(self, event: Button.Pressed) -> None:
        event.stop()
        self.stop()

    def stop(self) -> None:
        """Nothing of it is left."""
        self.is_stopped = True
        self.film.stop()

    def show(self, share: float) -> None:
        """So much is done."""
        left_s = self._left.seconds(share)
        words = f"{share * 100:.0f} %" + ("" if left_s is None else f", {clock(left_s)} left")
        if words != self.words:
            self.words = words
            self.query_one(ProgressBar).update(progress=share)
            self.query_one(".words", Static).update(words, layout=False)

    @work(thread=True, exit_on_error=False)
    def _follow(self) -> None:
        for share in self.film.progress():
            self.app.call_from_thread(self.show, share)
        self.app.call_from_thread(self._leave, self._end())

    def _end(self) -> NewsCame:
        """What has become of it."""
        name, is_made, fault = self.film.name, self.film.is_made(), self.film.fault()
        if is_made:
            told = f"The film {name} is ready{f', but: {fault}' if fault else '.'}"
            return NewsCame(told, is_fault=bool(fault))
        if self.is_stopped:
            return NewsCame(f"The film {name} was given up; nothing of it is left.")
        return NewsCame(f"The film {name} was not made: {fault}", is_fault=True)

    def _leave(self, news: NewsCame) -> None:
        self.film.forget()
        self.app.post_message(news)
        self.remove_class("under-way")
        assert isinstance(self.parent, FilmsView)
        self.parent.note()
        self.remove()


class FilmsView(Vertical):
    """As high as there are films."""

    def __init__(self, remembered: Remembered, *, id: str | None = None) -> None:
        """remembered: where films are noted, for the panel that comes after this one."""
        super().__init__(id=id)
        self._remembered = remembered

    def on_mount(self) -> None:
        """Those that an earlier panel left."""
        self.mount_all(FilmBar(film) for noted in self._remembered.films if (film := Film.noted(noted)))

    async def add(self, film: Film) -> None:
        """One more."""
        await self.mount(FilmBar(film))
        self.note()

    def under_way(self) -> list[FilmBar]:
        """Those that have not come to their end."""
        return list(self.query(FilmBar).filter(".under-way"))

    def note(self) -> None:
        """At once, so that a panel that comes to a sudden end leaves none behind that nobody knows of."""
        self._remembered.films = [bar.film.note for bar in self.under_way() if not bar.is_stopped]
        note(self._remembered)

    def give_up_all(self) -> None:
        """All of them, for good: the panel closes and will not see them end."""
        for bar in self.under_way():
            bar.stop()
            bar.film.forget()
        self.note()
