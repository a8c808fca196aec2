"""Writes examples/paper.pdf: two columns, running headers and page numbers."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph, Table

TARGET = Path(__file__).resolve().parents[1] / "examples" / "paper.pdf"
TITLE = "From a sentence to a face: how narrator works"
WIDTH, HEIGHT = A5
MARGIN, GUTTER, HEADER, TITLE_HEIGHT = 13 * mm, 6 * mm, 8 * mm, 20 * mm
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=15.5, spaceAfter=6)
HEADING = ParagraphStyle(
    "heading", parent=BODY, fontName="Helvetica-Bold", fontSize=11.5, spaceBefore=7, keepWithNext=1
)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=10, bulletIndent=0, spaceAfter=2)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=11.5, spaceAfter=0)
TITLE_STYLE = ParagraphStyle(
    "title", parent=HEADING, fontSize=15, leading=18, alignment=1, spaceBefore=0, keepWithNext=0
)
BYLINE = ParagraphStyle("byline", parent=BODY, fontName="Times-Italic", alignment=1)

STORY = """
# 1. The idea

A film dubbed into another language shows how much the eye listens: when mouth and sound disagree, understanding
suffers. A computer that reads aloud has no mouth at all. The program described here gives it one, so that lip-readers
can follow any page, paper or message on their screen.

# 2. The way of a sentence

Each sentence passes four stations.

- A reader finds the text and puts it in order, column by column, without page numbers and footers.

- A voice speaks it and notes when each sound begins and ends.

- The articulation turns sounds into movements of lips, jaw and tongue, in millimetres.

- A renderer draws the face thirty times a second.

Because the text is known, nothing has to be guessed from the sound. When the sentence holds a P, the lips will close,
and they stay closed for at least two pictures of the film.

# 3. The mouth moves first

Nobody forms a sound at the moment it is heard. The lips are round before the vowel of <i>moon</i> begins, and they
meet before a B bursts. So the mouth starts 120 milliseconds ahead, and each movement blends into the next, as it does
in a living face.

# 4. What may never fail

Blending has a danger: an average of two shapes is neither. Therefore a second pass checks the contacts in the finished
shape, and mends what is missing.

| P, B, M | lips closed
| F, V | lip on teeth
| TH | tongue between teeth
| S, Z, SH | teeth together
| silence | lips at rest

# 5. Limits

A drawn face is not a person. Even skilled lip-readers catch fewer than half of the words of a natural speaker by eye
alone, so every sentence also stands below the chin as a caption. The program replaces neither captions nor sign
language: it adds one more way to follow.
"""
"""Pieces apart by an empty line: # heading, - item, | table row | ..., and plain paragraphs."""


def main() -> None:
    """The whole document; the same bytes each time."""
    document = BaseDocTemplate(
        str(TARGET), pagesize=A5, title=TITLE, author="The narrator project", lang="en", invariant=1
    )
    top = HEIGHT - MARGIN - HEADER
    height = top - MARGIN - HEADER
    title = Frame(MARGIN, top - TITLE_HEIGHT, WIDTH - 2 * MARGIN, TITLE_HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("first", [title, *columns(height - TITLE_HEIGHT)], onPage=furniture),
            PageTemplate("later", columns(height), onPage=furniture),
        ]
    )
    opening = [Paragraph(TITLE, TITLE_STYLE), Paragraph("An example that comes with narrator", BYLINE), FrameBreak()]
    document.build([NextPageTemplate("later"), *opening, *map(flowable, STORY.strip().split("\n\n"))])


def columns(height: float) -> list[Frame]:
    """The two columns of a page."""
    bottom = MARGIN + HEADER
    return [Frame(x, bottom, COLUMN, height, 0, 0, 0, 0) for x in (MARGIN, MARGIN + COLUMN + GUTTER)]


def flowable(piece: str) -> Paragraph | Table:
    """One piece of the story as reportlab sets it."""
    mark, _, text = piece.partition(" ")
    if mark == "#":
        return Paragraph(text, HEADING)
    if mark == "-":
        return Paragraph(text, ITEM, bulletText="\u2022")
    if mark == "|":
        rows = [[Paragraph(cell.strip(), CELL) for cell in row.split("|")[1:]] for row in piece.splitlines()]
        lines = [("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table(rows, [COLUMN * 0.35, COLUMN * 0.65], style=lines, spaceAfter=6, splitByRow=0)
    return Paragraph(piece, BODY)


def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
    """The running header and the page number, which a reader should leave out."""
    canvas.setFont("Helvetica", 7)
    canvas.drawString(MARGIN, HEIGHT - MARGIN, "narrator: examples")
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - MARGIN, "A face for every text")
    canvas.drawCentredString(WIDTH / 2, MARGIN, f"Page {document.page}")


if __name__ == "__main__":
    main()
