"""Nothing in; sample PDFs of other scripts, ligatures and odd typesetting out."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from tests.readers.pdf_sample_canvas import HEIGHT, WIDTH, Sample, canvas_of

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
"""Of Debian's fonts-dejavu-core; needed only to write the samples again."""


def right_to_left() -> Sample:
    """Hebrew and Arabic with a number and a Latin word, drawn from left to right as typesetters leave it."""
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    canvas, buffer = canvas_of(font="DejaVu")
    blocks = ["שלום לכולם מהמגדלור."]
    blocks += ["المنارة الشمالية في 1954 كانت PDF صغيرة."]
    blocks += ["السفينة وصلت مساء الأحد."]
    y = HEIGHT - 100
    for block in blocks:
        words = [word if word.isascii() else word[::-1] for word in block.split(" ")]
        canvas.setFont("DejaVu", 14)
        canvas.drawRightString(WIDTH - 80, y, " ".join(reversed(words)))
        y -= 50
    canvas.save()
    return Sample("right_to_left", buffer.getvalue(), blocks)


def chinese() -> Sample:
    """Chinese in a font that is not in the file, with a predefined CMap; lines break inside words."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas, buffer = canvas_of(font="STSong-Light")
    text = "灯塔的看守人每天晚上都写日记。他记下风的方向和海水的高度。村子里的人都认识他。"
    canvas.setFont("STSong-Light", 14)
    for row in range(0, len(text), 12):
        canvas.drawString(90, HEIGHT - 100 - 20 * (row // 12), text[row : row + 12])
    canvas.save()
    return Sample("chinese", buffer.getvalue(), [text])


def ligatures() -> Sample:
    """Ligatures, soft hyphens, a true hyphen at a line's end, words drawn one by one, text printed twice."""
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    canvas, buffer = canvas_of(font="DejaVu")
    drawn = (
        "The \ufb01rst o\ufb03cer of the \ufb02eet was a well-known man. He di\ufb00ered from",
        "the others, for he kept a well-",
        "known list of in\u00ad",
        "structions, which he fol-",
        "lowed from 1954 to 1961, and followed gladly.",
    )
    y = HEIGHT - 130
    for line in drawn:
        x = 80.0
        canvas.setFont("DejaVu", 11)
        for word in line.split(" "):
            canvas.drawString(x, y, word)
            x += stringWidth(word + " ", "DejaVu", 11)
        y -= 15
    canvas.setFont("DejaVu", 18)
    for offset in (0, 0.4):
        canvas.drawString(80 + offset, HEIGHT - 90, "The first officer")
    canvas.save()
    text = "The first officer of the fleet was a well-known man. He differed from the others, for he kept a well-known "
    text += "list of instructions, which he followed from 1954 to 1961, and followed gladly."
    return Sample("ligatures", buffer.getvalue(), ["The first officer", text])
