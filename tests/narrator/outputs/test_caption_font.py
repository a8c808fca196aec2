"""A font is found for each script this machine has letters for, and text is never refused."""

from __future__ import annotations

import pytest

from narrator.outputs import caption_font
from narrator.outputs.caption_font import CaptionFonts


@pytest.mark.parametrize("text", ["plain", "naïve Łódź", "Привет", "γειά", "שלום", "مرحبا"])
def test_scripts_of_the_usual_fonts_are_drawn_whole(text: str) -> None:
    font = CaptionFonts(24).font_for(text)
    assert caption_font._missing(font, set(text) - {" "}) == 0


def test_the_font_of_a_text_is_opened_once() -> None:
    fonts = CaptionFonts(24)
    assert fonts.font_for("word") is fonts.font_for("word")
    assert fonts.font_for("word") is fonts.font_for("other")


def test_a_script_nobody_has_still_gets_a_font() -> None:
    assert CaptionFonts(24).font_for("\U0001e900\U0001e901").getlength("a") > 0


def test_a_machine_without_fonts_gets_pillows_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caption_font, "_open", lambda name, size: None)
    monkeypatch.setattr(caption_font, "_fontconfig_path", lambda points: "")
    font = CaptionFonts(24).font_for("Latin letters")
    assert font.getlength("Latin") > 24
