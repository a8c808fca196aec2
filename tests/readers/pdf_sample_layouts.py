"""Nothing in; sample PDFs whose columns, headings, tables and letters stand in awkward places out."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.readers.pdf_prose import prose
from tests.readers.pdf_sample_canvas import WIDTH, Sample, broken, canvas_of

FONT = "Times-Roman"


def justified(canvas: Canvas, x: float, y: float, line: str, width: float) -> None:
    """Words drawn one by one with wide gaps, as word processors do it."""
    words = line.split(" ")
    gap = (width - sum(stringWidth(word, FONT, 10) for word in words)) / max(len(words) - 1, 1)
    gap = gap if gap < 9 else stringWidth(" ", FONT, 10)
    for word in words:
        canvas.drawString(x, y, word)
        x += stringWidth(word, FONT, 10) + gap


def bands() -> Sample:
    """Two bands of justified columns, each under a short heading at the left margin; one page with a footer."""
    canvas, buffer = canvas_of()
    y, blocks = 790.0, list[str]()
    for band in range(2):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(50, y, f"{band + 1} Heading of a band")
        blocks += [f"{band + 1} Heading of a band", *prose(band * 4, 4)]
        y -= 24
        canvas.setFont(FONT, 10)
        lines = [line for text in prose(band * 4, 4) for line in [*broken(text, FONT, 10, 235), ""]]
        half = (len(lines) + 1) // 2
        for place, line in enumerate(lines):
            justified(canvas, 50 + 250 * (place // half), y - 12 * (place % half), line, 235)
        y -= 12 * half + 26
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(50, 30, "Journal of Bands 2026")
    canvas.drawRightString(540, 30, "17")
    canvas.save()
    return Sample("bands", buffer.getvalue(), blocks)


def mixed() -> Sample:
    """Two pages: a table and a figure's caption inside columns, a table over both columns, heads that alternate."""
    canvas, buffer = canvas_of()
    blocks: list[str] = []
    remarks = ("the tower was raised by four metres in 1901", "automatic since the war, no stairs", "by boat only")
    for page in range(2):
        left, right = prose(page * 3, 3), prose(page * 3 + 5, 2)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 810, "A. Author et al.")
        canvas.drawRightString(545, 810, f"Mixed layout, page {page + 1}")
        y = _column(canvas, 50, 770, left) - 10
        rows = (("Buoy", "Depth", "Tide"), ("North", f"{page + 12} m", "3 m"), ("South", "9 m", "2 m"))
        canvas.drawString(50, y, f"Table {page + 1}: Depth by buoy.")
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                canvas.drawString(60 + 80 * place, y - 13 * line, cell)
        caption = f"Figure {page + 1}: The shoals at low tide, with the northern buoy on the left of the picture."
        y = _column(canvas, 305, _column(canvas, 305, 770, right) - 120, [caption]) - 20
        wide = (("Station", "Keeper", "First lit", "Remarks on the building"), *_stations(remarks))
        for line, row in enumerate(wide):
            for x, cell in zip((50, 130, 230, 300), row, strict=True):
                canvas.drawString(x, 250 - 13 * line, cell)
        canvas.drawCentredString(WIDTH / 2, 30, str(page + 1))
        canvas.showPage()
        blocks += [
            *left,
            f"Table {page + 1}: Depth by buoy.",
            *map(", ".join, rows),
            *right,
            caption,
            *map(", ".join, wide),
        ]
    canvas.save()
    return Sample("mixed", buffer.getvalue(), blocks)


def _stations(remarks: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    names = (("Northern", "A. Example", "1874"), ("Southern", "B. Sample", "1899"), ("Island", "C. Person", "1911"))
    return [(*name, remark) for name, remark in zip(names, remarks, strict=True)]


def _column(canvas: Canvas, x: float, y: float, texts: list[str]) -> float:
    canvas.setFont(FONT, 10)
    for text in texts:
        for line in broken(text, FONT, 10, 235, hyphens=True):
            canvas.drawString(x, y, line)
            y -= 12
        y -= 6
    return y


def letter() -> Sample:
    """A letter: sender and date at the right, addressee at the left, read from top to bottom."""
    canvas, buffer = canvas_of()
    canvas.setFont(FONT, 10)
    sender, addressee = ("Ada Example", "12 Harbour Road", "Northport"), ("Mr B. Sample", "The Lighthouse", "Southport")
    for line, (right, left) in enumerate(zip(sender, addressee, strict=True)):
        canvas.drawString(400, 800 - 12 * line, right)
        canvas.drawString(60, 730 - 12 * line, left)
    canvas.drawString(400, 680, "22 November 2026")
    canvas.drawString(60, 650, "Dear Mr Sample,")
    y = 625.0
    for text in prose(2, 3):
        for text_line in broken(text, FONT, 10, 470):
            canvas.drawString(60, y, text_line)
            y -= 13
        y -= 8
    canvas.drawString(60, y - 10, "Yours sincerely,")
    canvas.drawString(60, y - 60, "Ada Example")
    canvas.save()
    head = [" ".join(sender), " ".join(addressee), "22 November 2026", "Dear Mr Sample,"]
    return Sample("letter", buffer.getvalue(), [*head, *prose(2, 3), "Yours sincerely,", "Ada Example"])
