"""The page of an export in a real browser, from the disk: keys alone play it, captions show, axe finds no fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.chromium import Page, chromium_page

AXE = Path(__file__).parent / "axe" / "axe.min.js"
TWINS = ("--voice", "silent", "--presenter", "still", "--width", "160", "--height", "160", "--fps", "20")
BOATS = "# On boats\n\nA first word on boats.\n\n## Wood\n\nWood swims.\n\n## Iron\n\nIron swims too, if it is a boat."
HOSTILE = (
    "<html lang='\"><script>wicked=1</script>'><title>&lt;img src=x onerror=wicked=1&gt; &lt;!-- films --&gt;</title>"
    "<body><article><h1>&lt;img src=x onerror=wicked=1&gt;</h1><p>These words are harmless and few.</p>"
    "<h2>&lt;/script&gt;&lt;script&gt;wicked=1&lt;/script&gt;</h2><p>So are these words, which nobody has to hear.</p>"
    "</article></body></html>"
)
VIDEO = "document.querySelector('video')"
FOCUSED = "document.activeElement.closest('a, button, video, input, h2')?.textContent.trim().split('\\n')[0] ?? ''"


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "boats.md").write_text(BOATS, encoding="utf-8")
    (folder / "schön & gut.md").write_text('# Schön & "gut"\n\nDas Wetter ist schön.', encoding="utf-8")
    (folder / "hostile.html").write_text(HOSTILE, encoding="utf-8")
    command = [sys.executable, "-m", "narrator", "export", str(folder), "--into", str(folder / "films"), *TWINS]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    return folder / "films"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium_page(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(browser: Page, films: Path) -> Page:
    browser.open("about:blank")
    browser.open((films / "index.html").as_uri())
    return browser


def tab_to(page: Page, name: str, limit: int = 30) -> None:
    """Presses Tab until what has the focus begins with that name."""
    for _ in range(limit):
        page.press("Tab")
        if page.value(FOCUSED).startswith(name):
            return
    raise AssertionError(f"Tab never came to {name!r}")


def open_boats(page: Page) -> None:
    tab_to(page, "On boats")
    page.press("Enter")
    page.wait_for(f"{VIDEO} && {VIDEO}.readyState > 1 && {VIDEO}.textTracks.length === 1")


def faults(page: Page) -> list[str]:
    page.value(AXE.read_text(encoding="utf-8") + "; true")
    found = page.value("axe.run().then((result) => result.violations)")
    return [f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("is_open", [False, True])
def test_axe_finds_nothing_to_mend(page: Page, scheme: str, is_open: bool) -> None:
    page.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    if is_open:
        open_boats(page)
        page.wait_for("document.querySelectorAll('#chapters button').length === 3")
    assert faults(page) == []


def test_axe_would_find_a_fault(page: Page) -> None:
    page.value("document.querySelector('label').remove()")
    assert [fault for fault in faults(page) if fault.startswith("label")]


def test_keys_alone_choose_a_film_and_play_it_with_captions(page: Page) -> None:
    open_boats(page)
    assert page.value("document.activeElement.id") == "title"
    assert page.value("document.title").startswith("On boats")
    page.press("Tab")
    assert page.value("document.activeElement.tagName") == "VIDEO"
    page.press(" ")
    page.wait_for(f"!{VIDEO}.paused && {VIDEO}.textTracks[0].activeCues?.length > 0")
    assert page.value(f"{VIDEO}.textTracks[0].mode") == "showing"
    assert page.value(f"{VIDEO}.textTracks[0].cues[0].text") == "On boats"
    page.press(" ")
    page.wait_for(f"{VIDEO}.paused")


def test_keys_alone_go_to_a_chapter(page: Page) -> None:
    open_boats(page)
    page.wait_for("document.querySelectorAll('#chapters button').length === 3")
    tab_to(page, "Iron")
    page.press("Enter")
    page.wait_for(f"{VIDEO}.currentTime > 1 && !{VIDEO}.paused")
    page.wait_for("document.querySelector('#chapters [aria-current]')?.textContent.startsWith('Iron')")


def test_keys_alone_go_back_to_the_list_where_they_left_it(page: Page) -> None:
    open_boats(page)
    tab_to(page, "Back to all films")
    page.press("Enter")
    page.wait_for("document.getElementById('player').hidden && !document.querySelector('video')")
    assert page.value(FOCUSED).startswith("On boats")
    assert page.value("document.title") == "Films that can be lip-read"


@pytest.mark.parametrize("address", ["#%E0%", "#no-such-film", "#"])
def test_an_address_that_leads_nowhere_shows_the_list(page: Page, films: Path, address: str) -> None:
    page.open("about:blank")
    page.open((films / "index.html").as_uri() + address)
    assert page.value("document.getElementById('player').hidden")
    open_boats(page)


def test_every_film_shows_its_poster(page: Page) -> None:
    page.wait_for("[...document.querySelectorAll('#films img')].every((one) => one.complete && one.naturalWidth > 0)")


def test_the_list_is_found_in_by_words(page: Page) -> None:
    page.value("document.getElementById('find').focus()")
    page.type("schön")
    page.wait_for("document.getElementById('count').textContent === '1 film'")
    shown = page.value("[...document.querySelectorAll('#films li:not([hidden])')].map((one) => one.textContent)")
    assert len(shown) == 1
    assert shown[0].startswith('Schön & "gut"')


def test_any_title_and_name_can_be_played(page: Page) -> None:
    tab_to(page, "Schön")
    page.press("Enter")
    page.wait_for(f"{VIDEO} && {VIDEO}.readyState > 1 && {VIDEO}.textTracks[0].cues?.length > 0")


def test_what_a_document_calls_itself_is_shown_and_never_run(page: Page) -> None:
    page.value("document.querySelector('[data-name=hostile]').focus()")
    page.press("Enter")
    page.wait_for("document.querySelectorAll('#chapters button').length === 2")
    assert page.value("document.getElementById('title').textContent").startswith("<img src=x onerror=wicked=1>")
    assert page.value("typeof wicked") == "undefined"
    assert faults(page) == []


def test_a_screen_reader_hears_names_and_roles(page: Page) -> None:
    open_boats(page)
    page.wait_for("document.querySelectorAll('#chapters button').length === 3")
    tree = page.ask("Accessibility.getFullAXTree")["nodes"]
    heard = {(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in tree if "role" in node}
    for role, name in (("heading", "All films"), ("navigation", "Chapters"), ("searchbox", "Find by title")):
        assert (role, name) in heard
    assert any(role == "link" and name.startswith("On boats") for role, name in heard)
    assert any(role == "Video" and name == "On boats" for role, name in heard)
    assert any(role == "button" and name.startswith("Wood") for role, name in heard)
