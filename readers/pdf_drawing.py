"""One page of a PDF in; every glyph on it out, with its place, size, font and marked content.

pdfminer.six interprets the content stream; what pdfminer would do afterwards (its layout analysis) is ours.
"""

from __future__ import annotations

import logging
import math
import re
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, decode_text, mult_matrix

from readers.pdf_direction import one_script
from readers.pdf_faults import PageTooSlow, parser_faults
from readers.pdf_glyphs import NO_MARK, FontStyle, Glyph, Mark, PageGlyphs

log = logging.getLogger(__name__)

MAX_GLYPHS_PER_PAGE = 60_000
"""A page of a telephone book has about 15,000; more is a fault or an attack."""
MAX_FORM_DEPTH = 12
"""Form XObjects inside each other; real files stay below 5."""
MAX_MARK_DEPTH = 200
"""Marked content inside each other; a stream of BMC without EMC must not grow without end."""
ANGLE_TOLERANCE_DEG = 4.0
"""Slanted scans are a degree or two off; watermarks are 30 to 60."""
INVISIBLE_RENDER_MODE = 3
"""ISO 32000-1 table 106: neither fill nor stroke; OCR layers use it."""
FORCE_BOLD_FLAG = 1 << 18
FIXED_PITCH_FLAG = 1
"""Font descriptor flags, ISO 32000-1 table 123."""

UNUSED_WIN_ANSI = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Codes WinAnsiEncoding leaves free; they show a bullet (ISO 32000-1, annex D.2, note 3)."""

_PICTURE_FONT = re.compile(r"dingbat|wingding|webding|marlett", re.I)
"""Fonts of pictures: their letters are none, and what stands in a text is nearly always a bullet or a tick."""
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!t)|[-,]bd|\bCMBX|CMB\d|BX\d|SFBX|\bLMRoman\d*-Bold", re.I)
_MONO_NAME = re.compile(r"mono|courier|consol|typewriter|CMTT|SFTT|menlo|fixed", re.I)
_ITALIC_NAME = re.compile(r"italic|oblique|CMTI|CMSL|SFTI|[-,]it\b", re.I)


class PageFull(Exception):
    """More is drawn on the page than anyone reads."""


class GlyphDevice(PDFDevice):
    """Collects the glyphs of one page, by the direction they run in."""

    def __init__(self, rsrcmgr: PDFResourceManager) -> None:
        super().__init__(rsrcmgr)
        self.by_angle: dict[int, list[Glyph]] = {}
        self.invisible: list[tuple[int, Glyph]] = []
        self.marks: list[Mark] = [NO_MARK]
        self.forms: list[int] = []
        self.images = 0
        self.unknown = 0
        self.count = 0
        self.run = 0
        self.unbalanced = 0
        self.is_too_deep = False
        self._styles: dict[int, FontStyle] = {}

    def set_ctm(self, ctm: Any) -> None:
        self.ctm = ctm

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        if len(self.marks) >= MAX_MARK_DEPTH:
            self.unbalanced += 1
            return
        self.marks.append(_mark_of(self.marks[-1], tag, props, self.forms[-1] if self.forms else 0))

    def end_tag(self) -> None:
        if self.unbalanced:
            self.unbalanced -= 1
        elif len(self.marks) > 1:
            self.marks.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:
        self.images += 1

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Places every character code of one text-showing operator (ISO 32000-1, 9.4.4)."""
        font = textstate.font
        if font is None or not isinstance(seq, (list, tuple)):
            return
        self.run += 1
        style = self._style(font)
        scaling = textstate.scaling * 0.01  # Tz is in percent
        matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        is_vertical = font.is_vertical()
        visible = textstate.render != INVISIBLE_RENDER_MODE
        size = textstate.fontsize
        step = -0.001 * size * (1 if is_vertical else scaling)  # TJ numbers are thousandths of text space
        word_space = 0 if font.is_multibyte() else textstate.wordspace
        along, across = textstate.linematrix[::-1] if is_vertical else textstate.linematrix
        for item in seq:
            if isinstance(item, (int, float)):
                along += item * step
            elif isinstance(item, bytes):
                for cid in font.decode(item):
                    advance = _advance(font, cid, size, scaling, is_vertical)
                    if self.count < MAX_GLYPHS_PER_PAGE:
                        start = (across, along) if is_vertical else (along, across)
                        self._place(
                            font, cid, matrix, start, advance, textstate.rise, size, style, visible, is_vertical
                        )
                    space = textstate.charspace + (word_space if cid == 32 else 0)  # 32: ISO 32000-1, 9.3.3
                    along += advance + (space if is_vertical else space * scaling)
        textstate.linematrix = (across, along) if is_vertical else (along, across)

    def _place(
        self,
        font: Any,
        cid: int,
        matrix: Any,
        start: tuple[float, float],
        advance: float,
        rise: float,
        size: float,
        style: FontStyle,
        visible: bool,
        is_vertical: bool,
    ) -> None:
        text = _character(font, cid)
        self.count += 1
        if self.count > MAX_GLYPHS_PER_PAGE:
            raise PageFull
        if not text or text == "\x00":
            self.unknown += 1
            return
        if len(text) > 1:
            text = one_script(text)
        a, b, c, d, e, f = matrix
        x, y = start[0], start[1] + rise
        px, py = a * x + c * y + e, b * x + d * y + f
        dx, dy = (c * advance, d * advance) if is_vertical else (a * advance, b * advance)
        height = abs(size) * math.hypot(c, d)
        if not (math.isfinite(px) and math.isfinite(py) and math.isfinite(dx + dy) and 0 < height < 1e5):
            return
        if not dx and not dy:  # a combining mark: it has no direction of its own
            dx, dy = math.copysign(a, a * size) * 1e-6, math.copysign(b, b * size) * 1e-6
        angle = round(math.degrees(math.atan2(dy, dx)) % 360, 1)
        quarter = round(angle / 90) % 4 * 90
        if min(abs(angle - quarter), 360 - abs(angle - quarter)) > ANGLE_TOLERANCE_DEG:
            return
        along, across = _turned(px, py, quarter)
        glyph = Glyph(text, along, along + math.hypot(dx, dy), across, height, style, self.marks[-1], self.run)
        if visible:
            self.by_angle.setdefault(quarter, []).append(glyph)
        else:
            self.invisible.append((quarter, glyph))

    def _style(self, font: Any) -> FontStyle:
        style = self._styles.get(id(font))
        if style is None:
            name = str(font.fontname)
            style = FontStyle(
                bool(font.flags & FORCE_BOLD_FLAG or _BOLD_NAME.search(name)),
                bool(_ITALIC_NAME.search(name)),
                bool(font.flags & FIXED_PITCH_FLAG and _MONO_NAME.search(name)) or bool(_MONO_NAME.search(name)),
            )
            self._styles[id(font)] = style
        return style


class GlyphInterpreter(PDFPageInterpreter):
    """pdfminer's interpreter with named property lists, bounded forms and knowledge of the form it is in."""

    device: GlyphDevice

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - the operator's name
        if isinstance(props, PSLiteral):
            properties = resolve1(self.resources.get("Properties"))
            props = resolve1(properties.get(literal_name(props))) if isinstance(properties, dict) else None
        self.device.begin_tag(tag, props)

    def do_BMC(self, tag: Any) -> None:  # noqa: N802 - the operator's name
        self.device.begin_tag(tag)

    def do_Do(self, name: Any) -> None:  # noqa: N802 - the operator's name
        if len(self.device.forms) >= MAX_FORM_DEPTH:
            if not self.device.is_too_deep:
                log.warning("forms nested deeper than %d are left out", MAX_FORM_DEPTH)
            self.device.is_too_deep = True
            return
        form = self.xobjmap.get(literal_name(name)) if isinstance(name, PSLiteral) else None
        self.device.forms.append(getattr(form, "objid", 0) or 0)
        depth = len(self.device.marks)
        try:
            super().do_Do(name)
        finally:
            self.device.forms.pop()
            del self.device.marks[depth:]


def glyphs_of(page: Any, rsrcmgr: PDFResourceManager) -> PageGlyphs:
    """All glyphs of a page, turned so that most of its text runs to the right; other directions are left out."""
    device = GlyphDevice(rsrcmgr)
    is_slow, damage = False, ""
    try:
        GlyphInterpreter(rsrcmgr, device).process_page(page)
    except PageFull:
        damage = f"more than {MAX_GLYPHS_PER_PAGE} letters"
    except PageTooSlow:
        is_slow = True
    except parser_faults() as fault:
        damage = str(fault)[:100] or type(fault).__name__
    visible = sum(len(glyphs) for glyphs in device.by_angle.values())
    if len(device.invisible) > visible:  # a scan with an OCR layer: that layer is the text
        for quarter, glyph in device.invisible:
            device.by_angle.setdefault(quarter, []).append(glyph)
    x0, y0, x1, y1 = page.mediabox
    width, height = abs(x1 - x0), abs(y1 - y0)
    if page.rotate in (90, 270):
        width, height = height, width
    main = max(device.by_angle, key=lambda angle: len(device.by_angle[angle]), default=0)
    glyphs = [g for g in device.by_angle.get(main, []) if _is_on_page(g, main, width, height)]
    if main in (90, 270):
        width, height = height, width
    return PageGlyphs(width, height, _with_actual_text(glyphs), device.images, device.unknown, is_slow, damage)


def _character(font: Any, cid: int) -> str:
    """The text of a character code; empty where the font does not say."""
    try:
        text = str(font.to_unichr(cid))
    except (PDFUnicodeNotDefined, KeyError, ValueError, TypeError):
        text = "\u2022" if cid in UNUSED_WIN_ANSI and not font.is_multibyte() else ""
    if len(text) < 2 and _PICTURE_FONT.search(str(font.fontname)):
        return "\u2022" if not text or "!" <= text <= "~" else text
    return text


def _advance(font: Any, cid: int, size: float, scaling: float, is_vertical: bool) -> float:
    width = float(font.char_width(cid))
    if is_vertical:
        return (width if width < 0 else -1.0) * size  # w1 of a vertical font points downwards, -1 em by default
    return width * size * scaling


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """The point in a frame where text at that angle runs to the right."""
    if quarter == 90:
        return y, -x
    if quarter == 180:
        return -x, -y
    if quarter == 270:
        return -y, x
    return x, y


def _is_on_page(glyph: Glyph, quarter: int, width: float, height: float) -> bool:
    x, y = _turned((glyph.x0 + glyph.x1) / 2, glyph.y, (360 - quarter) % 360)
    return -1 <= x <= width + 1 and -1 <= y <= height + 1


def _mark_of(outer: Mark, tag: Any, props: Any, form: int) -> Mark:
    mark = Mark(outer.key, outer.is_artifact, outer.actual_text)
    if isinstance(tag, PSLiteral) and literal_name(tag) == "Artifact":
        mark.is_artifact = True
    if not isinstance(props, dict):
        return mark if mark.is_artifact != outer.is_artifact else outer
    mcid = resolve1(props.get("MCID"))
    if isinstance(mcid, int):
        mark.key = (form, mcid)
    actual = resolve1(props.get("ActualText"))
    if isinstance(actual, (bytes, str)):
        mark.actual_text = decode_text(actual) if isinstance(actual, bytes) else actual
    return mark


def _with_actual_text(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs under an ActualText carry it once, on the first, as wide as all of them together."""
    if all(g.mark.actual_text is None for g in glyphs):
        return glyphs
    kept: list[Glyph] = []
    for glyph in glyphs:
        actual = glyph.mark.actual_text
        if actual is None:
            kept.append(glyph)
        elif kept and kept[-1].mark is glyph.mark:
            last = kept[-1]
            if abs(last.y - glyph.y) < last.size:
                kept[-1] = last._replace(x0=min(last.x0, glyph.x0), x1=max(last.x1, glyph.x1))
        else:
            kept.append(glyph._replace(text=actual))
    return [g for g in kept if g.text]
