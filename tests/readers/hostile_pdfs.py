"""Nothing in; PDFs whose page trees, tags or contents are made to hang, swell or crash a reader out."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.readers.hostile_register import hostile, readable
from tests.readers.raw_pdf import HELLO, one_page, raw_pdf, stream


def _with_outline(first: bytes, more: dict[int, bytes]) -> bytes:
    catalog = b"/Outlines 10 0 R"
    return raw_pdf(one_page(catalog=catalog, more={10: b"<</First %b>>" % first, **more}))


def _with_tags(kids: bytes, more: dict[int, bytes]) -> bytes:
    content = b"/P <</MCID 0>> BDC " + HELLO + b" EMC"
    catalog = b"/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"
    more = {10: b"<</Type/StructTreeRoot/K %b>>" % kids, **more}
    return raw_pdf(one_page(content, catalog=catalog, more=more))


@hostile
def page_tree_bites_its_tail() -> bytes:
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"})


@readable
def page_tree_with_a_loop_beside_a_page() -> bytes:
    objects = one_page()
    return raw_pdf({**objects, 2: b"<</Type/Pages/Kids[2 0 R 3 0 R null 7 (x) 99 0 R]/Count 1000000000>>"})


@hostile
def page_tree_three_thousand_deep() -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, 3002):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
    objects[3002] = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    return raw_pdf(objects)


@readable
def the_same_page_a_hundred_thousand_times() -> bytes:
    return raw_pdf({**one_page(), 2: b"<</Type/Pages/Kids[%b]/Count 100000>>" % (b"3 0 R " * 100_000)})


@readable
def outline_in_a_circle() -> bytes:
    return _with_outline(b"11 0 R", {11: b"<</Title(A)/Next 12 0 R/First 11 0 R>>", 12: b"<</Title(B)/Next 11 0 R>>"})


@readable
def outline_very_deep() -> bytes:
    chain = {n: b"<</Title(T)/First %d 0 R>>" % (n + 1) for n in range(11, 5011)}
    return _with_outline(b"11 0 R", chain)


@readable
def structure_tree_in_a_circle() -> bytes:
    more = {11: b"<</S/P/Pg 3 0 R/K[12 0 R 0 11 0 R]>>", 12: b"<</S/Div/K[11 0 R 10 0 R]>>"}
    return _with_tags(b"[11 0 R 11 0 R]", more)


@readable
def structure_tree_that_doubles_thirty_times() -> bytes:
    more = {n: b"<</S/Div/K[%d 0 R %d 0 R]>>" % (n + 1, n + 1) for n in range(11, 41)}
    return _with_tags(b"11 0 R", {**more, 41: b"<</S/P/Pg 3 0 R/K 0>>"})


@readable
def structure_tree_five_thousand_deep() -> bytes:
    more = {n: b"<</S/Div/K %d 0 R>>" % (n + 1) for n in range(11, 5011)}
    return _with_tags(b"11 0 R", {**more, 5011: b"<</S/P/Pg 3 0 R/K 0>>"})


@readable
def structure_tree_of_rubbish() -> bytes:
    return _with_tags(b"[(x) 99 0 R null 4 0 R <</S 5>> <</Type/MCR/MCID(x)>> [[[]]]]", {})


@readable
def role_map_in_a_circle() -> bytes:
    more = {10: b"<</K 11 0 R/RoleMap<</A/B/B/A>>>>", 11: b"<</S/A/Pg 3 0 R/K 0>>"}
    return _with_tags(b"11 0 R", more)


@hostile
def content_of_a_gigabyte() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1024)) + packer.flush()
    return raw_pdf({**one_page(), 4: stream(data, b"/Filter/FlateDecode")})


@hostile
def content_packed_three_times() -> bytes:
    data = zlib.compress(zlib.compress(zlib.compress(bytes(1 << 28), 9), 9), 9)
    return raw_pdf({**one_page(), 4: stream(data, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")})


@hostile
def content_of_a_thousand_filters() -> bytes:
    return raw_pdf({**one_page(), 4: stream(HELLO, b"/Filter[%b]" % (b"/FlateDecode" * 1000))})


@hostile
def content_with_an_absurd_predictor() -> bytes:
    entries = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"
    return raw_pdf({**one_page(), 4: stream(zlib.compress(HELLO), entries)})


@hostile
def content_of_run_lengths() -> bytes:
    return raw_pdf({**one_page(), 4: stream(b"\x81(" * 3_000_000, b"/Filter/RunLengthDecode")})


@hostile
def content_nested_deep() -> bytes:
    return raw_pdf(one_page(b"[" * 200_000 + b"<<" * 100_000, deflate=True))


@readable
def content_saves_its_state_a_million_times() -> bytes:
    return raw_pdf(one_page(HELLO + b" q" * 300_000, deflate=True))


@hostile
def content_of_ten_million_letters() -> bytes:
    return raw_pdf(one_page(b"BT /F1 1 Tf (" + b"spam " * 2_000_000 + b") Tj ET", deflate=True))


@readable
def content_marks_without_end() -> bytes:
    return raw_pdf(one_page(b"/A BMC " * 100_000 + HELLO + b" EMC" * 200_000, deflate=True))


@readable
def content_with_an_endless_inline_image() -> bytes:
    return raw_pdf(one_page(HELLO + b" BI /W 9 /H 9 ID " + b"E" * 1_000_000, deflate=True))


@readable
def content_with_numbers_out_of_range() -> bytes:
    absurd = b"BT /F1 1e400 Tf 1e308 0 0 1e308 1e308 1e308 Tm (far) Tj /F1 0 Tf (none) Tj ET "
    return raw_pdf(one_page(absurd + b"q 1e200 0 0 1e200 0 0 cm " + HELLO + b" Q q 0 0 0 0 0 0 cm Q " + HELLO))


@readable
def contents_repeated() -> bytes:
    return raw_pdf(
        one_page(page=b"").copy() | {3: one_page()[3].replace(b"4 0 R", b"[" + b"4 0 R " * 20_000 + b"]", 1)}
    )


def _forms(count: int, body: Callable[[int], bytes]) -> bytes:
    more = {
        n: stream(
            body(n),
            b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>"
            % (n + 1),
        )
        for n in range(10, 10 + count)
    }
    last = stream(HELLO, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>")
    return raw_pdf(one_page(HELLO + b" /X Do", resources=b"/XObject<</X 10 0 R>>", more={**more, 10 + count: last}))


@hostile
def forms_that_double() -> bytes:
    return _forms(40, lambda n: b"/X Do /X Do ")


@readable
def form_that_draws_itself() -> bytes:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return raw_pdf(one_page(HELLO + b" /X Do", resources=b"/XObject<</X 10 0 R>>", more={10: form}))


@readable
def forms_five_hundred_deep() -> bytes:
    return _forms(500, lambda n: b"/X Do ")
