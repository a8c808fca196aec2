"""What a person is told about a bad PDF names the file and what to do."""

from __future__ import annotations

import pytest

from narrator.errors import SourceError
from readers import pdf_faults

TOLD = [
    pdf_faults.not_a_pdf("a.pdf"),
    pdf_faults.damaged("a.pdf", "it has no pages"),
    pdf_faults.password_missing("a.pdf"),
    pdf_faults.password_wrong("a.pdf"),
    pdf_faults.encryption_unknown("a.pdf"),
    pdf_faults.no_text("a.pdf", 2, 2, 0),
    pdf_faults.no_text("a.pdf", 2, 0, 9),
    pdf_faults.no_text("a.pdf", 2, 0, 0),
    pdf_faults.broke_off("a.pdf", 7),
    pdf_faults.too_slow("a.pdf", 7, 4.0),
]


@pytest.mark.parametrize("fault", TOLD, ids=str)
def test_each_names_the_file_and_a_next_step(fault: SourceError) -> None:
    assert '"a.pdf"' in str(fault)
    assert fault.next_step.endswith(".")


def test_both_parsers_own_errors_are_among_the_faults() -> None:
    names = {kind.__name__ for kind in pdf_faults.parser_faults()}
    assert {"PSException", "PyPdfError", "MemoryError", "ValueError"} <= names


def test_the_time_limit_is_swallowed_by_no_parser() -> None:
    assert not issubclass(pdf_faults.PageTooSlow, Exception)
