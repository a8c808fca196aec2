"""A narration in, the panel that shows and steers it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.events import Paste
from textual.screen import Screen
from textual.widgets import Footer, Static, TabbedContent, TabPane

from tui.actions import ACTIONS
from tui.conductor import Conductor
from tui.deeds import DEEDS, jump, leave
from tui.films_view import FilmsView
from tui.help import help_for
from tui.lines_screen import FAULT_MARK, LinesScreen
from tui.messages import ActionWanted, Asked, NarrationEnded, NewsCame, StateCame
from tui.narration import Narration
from tui.news import NOTHING_YET, name_of, news, sources_of
from tui.outline_view import OutlineView
from tui.outputs_view import OutputsView
from tui.page import spoken_span
from tui.palette import palette
from tui.queue_view import QueueView
from tui.reading_view import ReadingView
from tui.remembered import Remembered
from tui.settings_view import SettingsView
from tui.sight import SAID, Sight
from tui.stills import Stills
from tui.themes import THEMES
from tui.transport import Progress, Transport
from tui.typing_line import DIGITS, TypingLine
from tui.welcome import welcome

LEAVE = "leave"
"""The result of a panel that was closed while its narration is to go on."""
BUILDING_S = 0.1
"""Until the parts of the panel are looked for again while it is being built."""
LAID_OUT_S = 1.5
"""After which all parts have their places on the screen."""
TALL_ROWS = 34
"""From this height on the face stays beside every list."""
Breakpoints = list[tuple[int, str]] | None


class Panel(App[str]):
    """Everything narrator does, by key, pointer and command palette."""

    TITLE = "narrator"
    CSS_PATH = "panel.tcss"
    HORIZONTAL_BREAKPOINTS: Breakpoints = [(0, "-narrow"), (64, "-usual"), (110, "-wide"), (170, "-huge")]
    VERTICAL_BREAKPOINTS: Breakpoints = [(0, "-low"), (14, "-usual-height"), (34, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(one.key, f"do('{one.name}')", one.label, show=one.in_footer, id=one.id, tooltip=one.meaning)
            for one in ACTIONS
            if one.key and one.name != "rate"
        ),
        Binding("plus,equals_sign", "rate(10)", "Faster", show=False, id="rate-faster"),
        Binding("minus", "rate(-10)", "Slower", show=False, id="rate-slower"),
        Binding("j", "jump", "Jump", show=False, id="jump"),
        *(Binding(digit, f"phrase('{digit}')", f"Say {digit}", show=False, id=f"phrase-{digit}") for digit in DIGITS),
        Binding("v", "face", "Face", show=False, id="face"),
        Binding("f1", "help", "Help", id="help", priority=True),
        Binding("c", "next_theme", "Colours", show=False, id="colours"),
        Binding("q", "quit", "Quit", show=False, id="quit"),
        Binding("Q", "leave", "Quit, and let it read on", show=False, id="leave"),
    ]

    def __init__(self, opening: Callable[[], Narration], remembered: Remembered, stills: Stills | None = None) -> None:
        """opening makes the narration, in a thread of its own; stills: where the terminal shows real pictures."""
        super().__init__()
        self.stills = stills
        self.remembered = remembered
        self.conductor = Conductor(self, opening)
        self.log_lines: list[tuple[str, bool]] = []
        self.state: Mapping[str, Any] = NOTHING_YET
        """The narration's, as it was told last."""
        self._title = ""
        for theme in THEMES:
            self.register_theme(theme)
        if remembered.theme in self.available_themes:
            self.theme = remembered.theme
        self.set_keymap(remembered.keys)

    def compose(self) -> ComposeResult:
        """The page, beside it the face and the lists, below them what steers."""
        yield Static("narrator", id="top", markup=False)
        with Horizontal(id="middle"):
            with Vertical(id="text"):
                yield ReadingView(welcome(self.remembered.keys), id="page")
            with Vertical(id="side"):
                yield Sight(self.conductor.fetch, self.stills, id="sight")
                with TabbedContent(id="lists"):
                    with TabPane("Queue", id="tab-queue"):
                        yield QueueView(id="queue")
                    with TabPane("Outline", id="tab-outline"):
                        yield OutlineView(id="outline")
                    with TabPane("Settings", id="tab-settings"):
                        yield SettingsView(id="settings")
                    with TabPane("Outputs", id="tab-outputs"):
                        yield OutputsView(id="outputs")
        yield Transport(id="transport")
        yield Progress(id="progress")
        yield FilmsView(self.remembered, id="films")
        yield TypingLine(self.remembered.said, self.remembered.phrases, id="say")
        yield Static("", id="news", markup=False)
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Opens the narration while the panel is there already."""
        self.query_one("#page").focus()
        self._fit()
        self.tell("Opening the narration ...")
        for fault in self.remembered.faults:
            self.tell(fault, is_fault=True)
        self.call_after_refresh(self.conductor.begin)
        self.set_timer(LAID_OUT_S, self._show_again)

    # What people want.

    async def action_do(self, name: str) -> None:
        """One of tui/actions.py."""
        await self.run_deed(name)

    async def run_deed(self, name: str) -> None:
        """By its name, as buttons and the palette have it."""
        action = next(action for action in ACTIONS if action.name == name)
        if action.command:
            self.conductor.ask(action.command, dict(action.fields))
        else:
            DEEDS[name](self)

    @on(ActionWanted)
    async def _want(self, message: ActionWanted) -> None:
        await self.run_deed(message.name)

    @on(Asked)
    def _asked(self, message: Asked) -> None:
        self.conductor.ask(message.command, dict(message.fields), message.news)

    @on(ReadingView.WentTo)
    def _went(self, message: ReadingView.WentTo) -> None:
        self.conductor.ask("seek", {"sentence": message.sentence, "word": message.word})

    def action_rate(self, by: int) -> None:
        """Faster or slower."""
        self.conductor.change_rate(by)

    def action_face(self) -> None:
        """The preview away, or back."""
        self.remembered.face = self.query_one(Sight).after(self.remembered.face)
        self._fit()
        self.tell(SAID[self.remembered.face])

    def action_jump(self) -> None:
        """Letters over the parts of the panel."""
        jump(self)

    def action_phrase(self, digit: str) -> None:
        """What was kept under that key is said."""
        if line := self.remembered.phrases.get(digit):
            self.conductor.ask("say", {"text": line}, f"Said: {line}")
        else:
            self.tell(f"Nothing is kept under {digit}. Type {digit}=your words in the line below to keep them there.")

    def action_next_theme(self) -> None:
        """Dark, light, high contrast."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = self.remembered.theme = names[(at + 1) % len(names)]
        self.tell(f"Colours: {self.theme}.")

    def action_help(self) -> None:
        """What the chosen part is for, and every key."""
        lines = help_for(self.focused, self.remembered.keys)
        self.push_screen(LinesScreen("Help", [(line, False) for line in lines]))

    async def action_quit(self) -> None:
        """The panel closes, and with it the narration; what becomes of films is asked."""
        leave(self)

    def action_leave(self) -> None:
        """The panel closes, the narration goes on, and so do films."""
        self.exit(LEAVE)

    def on_paste(self, event: Paste) -> None:
        """A text pasted anywhere but into a line is read."""
        self.conductor.read_text(event.text)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action, by its own words and meaning; then Textual's own."""
        yield from palette(self)
        yield from super().get_system_commands(screen)

    # What comes from the narration.

    @on(StateCame)
    def _state_came(self, message: StateCame) -> None:
        before, self.state = self.state, message.state
        self.remembered.sources = sources_of(message.state)  # at once: nobody asks before a terminal is closed
        for line, is_fault in news(before, message.state):
            self.tell(line, is_fault=is_fault)
        self._try_to_show()

    def _show_again(self) -> None:
        """What was told before the first layout was not painted."""
        self._title = ""
        for bar in self.query(Progress):
            bar.forget()
        self._try_to_show()

    @property
    def is_covered(self) -> bool:
        """Whether nothing of the panel can be seen: Textual would paint what lies over it anew with each change."""
        return len(self.screen_stack) > 1 and self.screen.styles.background.a == 1

    def pop_screen(self) -> AwaitComplete:
        """What changed meanwhile is shown."""
        popped = super().pop_screen()
        self.call_after_refresh(self._try_to_show)
        return popped

    def _try_to_show(self) -> None:
        if self.is_covered:
            return
        try:
            self._show(self.state)
        except (NoMatches, IndexError):  # it is still being built, or being closed
            if self.is_running:
                self.set_timer(BUILDING_S, self._try_to_show)

    def _show(self, state: Mapping[str, Any]) -> None:
        base = self.screen_stack[0]
        marks = state.get("marks", ())
        span = spoken_span(state.get("sentence", ""), marks, state.get("word_index", -1))
        is_reading = state["status"] not in ("idle", "closed")
        base.query_one(ReadingView).mark(state.get("sentence_index", 0) if is_reading else -1, span)
        base.query_one(Progress).show(state)
        base.query_one(Transport).show(state)
        base.query_one(QueueView).show(state)
        base.query_one(OutputsView).show_open(state["outputs"])
        title = f"narrator  {state['status']}  {name_of(state) if is_reading else ''}"
        if title != self._title:
            self._title = title
            base.query_one("#top", Static).update(title, layout=False)

    @on(NarrationEnded)
    def _ended(self) -> None:
        self.tell("The narration has ended. q closes the panel.")

    @on(NewsCame)
    def _news(self, message: NewsCame) -> None:
        self.tell(message.line, is_fault=message.is_fault)

    def tell(self, line: str, *, is_fault: bool = False) -> None:
        """In words, in the line that says what changed, and in the log."""
        line = " ".join(line.split())
        self.log_lines.append((line, is_fault))
        del self.log_lines[:-1000]
        try:
            shown = self.screen_stack[0].query_one("#news", Static)
        except (NoMatches, IndexError):
            return
        shown.update(f"{FAULT_MARK if is_fault else ''}{line}", layout=False)
        shown.set_class(is_fault, "fault")

    # The room there is.

    @on(TabbedContent.TabActivated)
    def _list_chosen(self, event: TabbedContent.TabActivated) -> None:
        self._fit()
        self.conductor.refresh_list(str(event.pane.id))

    def on_resize(self) -> None:
        """The face goes where there is no room for it; the panel's own size is the new one only after this."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        try:
            base = self.screen_stack[0]
            chosen = base.query_one("#lists", TabbedContent).active
            is_short_list = chosen not in ("tab-settings", "tab-outputs")
            has_room = self.size.height >= TALL_ROWS or (is_short_list and self.size.height >= 20)
            sight = base.query_one(Sight)
        except (NoMatches, IndexError):
            return
        sight.turn(self.remembered.face, has_room=has_room and self.size.width >= 64)

    def on_unmount(self) -> None:
        """Lets go of everything."""
        self.conductor.end()
