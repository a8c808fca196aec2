"""Nothing in; PDFs of the project's own making and the texts a person wants read from them out.

Run `python -m tests.readers.pdf_samples` to write them again into tests/readers/pdfs and tests/readers/pdf_texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.readers.pdf_prose import prose
from tests.readers.pdf_sample_canvas import HEIGHT, WIDTH, Sample, broken, canvas_of
from tests.readers.pdf_sample_layouts import bands, letter, mixed
from tests.readers.pdf_sample_scripts import chinese, ligatures, right_to_left

HERE = Path(__file__).parent


def two_columns() -> Sample:
    """Two columns whose lines alternate in the content stream, under a title and an abstract over both."""
    canvas, buffer = canvas_of("Notes from a lighthouse")
    texts = prose(0, 8)
    lines = [line for text in texts for line in _indented(broken(text, "Times-Roman", 10, 230, hyphens=True))]
    per_page, page, blocks = (
        54,
        0,
        ["Notes from a lighthouse", "Ada Example and Ben Sample", "Abstract", prose(9, 1)[0]],
    )
    while lines:
        page += 1
        top = HEIGHT - 80
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(60, HEIGHT - 40, "Journal of Harbour Studies, vol. 12")
        canvas.drawRightString(WIDTH - 60, HEIGHT - 40, f"{page + 110}")
        canvas.drawCentredString(WIDTH / 2, 30, f"Page {page} of 2")
        if page == 1:
            top = _title(canvas, top)
            per_page = 20
        taken, lines = lines[: 2 * per_page], lines[2 * per_page :]
        half = (len(taken) + 1) // 2
        canvas.setFont("Times-Roman", 10)
        for row in range(half):  # left line, right line, left line ...: as some layout programs write them
            for column, part in ((0, taken[:half]), (1, taken[half:])):
                if row < len(part):
                    indent, line = part[row]
                    canvas.drawString(60 + column * 245 + indent, top - 12 * row, line)
        canvas.showPage()
        per_page = 54
    canvas.save()
    return Sample("two_columns", buffer.getvalue(), blocks + texts)


def _indented(lines: list[str]) -> Iterator[tuple[float, str]]:
    for place, line in enumerate(lines):
        yield (0 if place else 0), line
    yield 0, ""


def _title(canvas: Canvas, top: float) -> float:
    canvas.setFont("Times-Bold", 18)
    canvas.drawCentredString(WIDTH / 2, top, "Notes from a lighthouse")
    canvas.setFont("Times-Roman", 11)
    canvas.drawCentredString(WIDTH / 2, top - 24, "Ada Example and Ben Sample")
    canvas.setFont("Times-Bold", 11)
    canvas.drawCentredString(WIDTH / 2, top - 50, "Abstract")
    canvas.setFont("Times-Roman", 10)
    lines = broken(prose(9, 1)[0], "Times-Roman", 10, 400)
    for row, line in enumerate(lines):
        canvas.drawString(98, top - 68 - 12 * row, line)
    return top - 68 - 12 * len(lines) - 26


def three_columns() -> Sample:
    """A newspaper page: headline over everything, three narrow columns drawn row by row, a stamp along the margin."""
    canvas, buffer = canvas_of()
    canvas.setFont("Helvetica-Bold", 26)
    canvas.drawString(50, HEIGHT - 80, "Light at the end of the pier")
    canvas.saveState()
    canvas.rotate(90)
    canvas.setFont("Times-Roman", 18)
    canvas.drawString(250, -25, "arXiv:2611.01234v2 [cs.HC] 22 Nov 2026")
    canvas.restoreState()
    texts = prose(2, 6)
    lines = [line for text in texts for line in [*broken(text, "Times-Roman", 9, 150, hyphens=True), ""]]
    third = -(-len(lines) // 3)
    canvas.setFont("Times-Roman", 9)
    for row in range(third):
        for column in range(3):
            place = column * third + row
            if place < len(lines) and lines[place]:
                canvas.drawString(50 + 167 * column, HEIGHT - 115 - 11 * row, lines[place])
    canvas.save()
    return Sample("three_columns", buffer.getvalue(), ["Light at the end of the pier", *texts])


def running_heads() -> Sample:
    """A book: left pages carry its title, right pages the chapter's; numbers at the foot; paragraphs cross pages."""
    canvas, buffer = canvas_of("The Keeper's Book")
    texts = prose(0, 10) + prose(3, 6)
    lines: list[tuple[float, str]] = []
    for text in texts:
        broken_lines = broken(text, "Times-Roman", 12, 380 - 18, hyphens=True)
        lines += [(18.0 if place == 0 else 0.0, line) for place, line in enumerate(broken_lines)]
    for page in range(-(-len(lines) // 14)):
        canvas.setFont("Times-Italic", 10)
        if page % 2:
            canvas.drawString(90, HEIGHT - 60, "The Keeper's Book")
        else:
            canvas.drawRightString(WIDTH - 90, HEIGHT - 60, "Chapter One: Fog")
        canvas.drawCentredString(WIDTH / 2, 50, f"\u2013 {page + 7} \u2013")
        canvas.setFont("Times-Roman", 12)
        for row, (indent, line) in enumerate(lines[14 * page : 14 * page + 14]):
            canvas.drawString(90 + indent, HEIGHT - 110 - 15 * row, line)
        canvas.showPage()
    canvas.save()
    return Sample("running_heads", buffer.getvalue(), texts)


def lists_and_table() -> Sample:
    """Sections with numbers, nested lists, a ruled table and a caption."""
    canvas, buffer = canvas_of("Stores")
    y = HEIGHT - 80
    rows = (
        ("Helvetica-Bold", 20, 60, "Stores for the winter"),
        ("Helvetica-Bold", 14, 60, "1 What to bring"),
        ("Helvetica", 11, 60, "Everything has to go up by the ladder, so pack it in small boxes."),
        ("Helvetica", 11, 75, "\u2022 Oil for the lamp, in cans of five litres, with the date of"),
        ("Helvetica", 11, 87, "filling written on the lid"),
        ("Helvetica", 11, 75, "\u2022 Food that keeps"),
        ("Helvetica", 11, 95, "\u2013 flour and salt"),
        ("Helvetica", 11, 95, "\u2013 dried fruit"),
        ("Helvetica", 11, 75, "\u2022 Two spare wicks"),
        ("Helvetica-Bold", 14, 60, "2 How to store it"),
        ("Helvetica", 11, 75, "1. Dry the boxes in the kitchen."),
        ("Helvetica", 11, 75, "2. Number them."),
        ("Helvetica", 11, 75, "3. Write the numbers into the book."),
        ("Helvetica", 11, 60, "The table shows what was used in the last three years."),
    )
    for font, size, x, text in rows:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
        y -= 2.2 * size if "Bold" in font else 15
    y -= 10
    for row in (
        ("Year", "Oil", "Flour"),
        ("2023", "410 l", "38 kg"),
        ("2024", "395 l", "41 kg"),
        ("2025", "402 l", "36 kg"),
    ):
        canvas.line(60, y + 13, 360, y + 13)
        for column, cell in enumerate(row):
            canvas.drawString(65 + 100 * column, y, cell)
        y -= 17
    canvas.drawString(60, y - 20, "Figure 1. The store room, seen from the stairs.")
    canvas.save()
    blocks = [text for *_, text in rows[:3]]
    blocks += [
        "Oil for the lamp, in cans of five litres, with the date of filling written on the lid",
        "Food that keeps",
    ]
    blocks += ["flour and salt", "dried fruit", "Two spare wicks"] + [text for *_, text in rows[9:]]
    blocks += ["Year, Oil, Flour", "2023, 410 l, 38 kg", "2024, 395 l, 41 kg", "2025, 402 l, 36 kg"]
    return Sample("lists_and_table", buffer.getvalue(), [*blocks, "Figure 1. The store room, seen from the stairs."])


def footnotes() -> Sample:
    """Two pages with raised note numbers and notes at the foot, while a paragraph runs across the page break."""
    canvas, buffer = canvas_of()
    first, second, third = prose(4, 3)
    lines = broken(first, "Times-Roman", 11, 400) + broken(second, "Times-Roman", 11, 400)
    tail = broken(third, "Times-Roman", 11, 400)
    notes = ("The bell now hangs in the school.", "See the county archive, box 14, for the original drawing.")
    for page, part in enumerate((lines + tail[:2], tail[2:])):
        y = HEIGHT - 90
        for place, line in enumerate(part):
            is_start = line in (lines[0], lines[len(broken(first, "Times-Roman", 11, 400))], tail[0])
            y -= 22 if is_start and place else 13.5
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(90, y, line)
            if place == 1:
                canvas.setFont("Times-Roman", 7)
                canvas.drawString(90 + stringWidth(line, "Times-Roman", 11), y + 4, str(page + 1))
        canvas.line(90, 120, 200, 120)
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(90, 108, str(page + 1))
        canvas.setFont("Times-Roman", 8.5)
        canvas.drawString(95, 105, notes[page])
        canvas.drawCentredString(WIDTH / 2, 60, str(page + 1))
        canvas.showPage()
    canvas.save()
    return Sample("footnotes", buffer.getvalue(), [first, second, third, *notes])


SAMPLES: tuple[Callable[[], Sample], ...] = (
    bands,
    mixed,
    letter,
    two_columns,
    three_columns,
    running_heads,
    lists_and_table,
    footnotes,
    right_to_left,
    chinese,
    ligatures,
)


def write_samples() -> None:
    """Writes every sample beside this file."""
    for make in SAMPLES:
        sample = make()
        (HERE / "pdfs" / f"{sample.name}.pdf").write_bytes(sample.pdf)
        (HERE / "pdf_texts" / f"{sample.name}.txt").write_text("\n\n".join(sample.blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_samples()
