"""Nothing in; PDFs made to hang, swell or crash a reader out, each by name."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from tests.readers.raw_pdf import HELLO, one_page, raw_pdf, stream

HOSTILE: dict[str, Callable[[], bytes]] = {}
READABLE: set[str] = set()
"""Those of which the text can still be read."""


def hostile(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Registers a file that ends in an error or in text."""
    HOSTILE[make.__name__] = make
    return make


def readable(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Registers a file whose text must be read all the same."""
    READABLE.add(make.__name__)
    return hostile(make)


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


def _with_font(font: bytes, more: dict[int, bytes]) -> bytes:
    return raw_pdf({**one_page(b"BT /F1 12 Tf 72 700 Td <00480065006C006C006F> Tj ET"), 5: font, **more})


@hostile
def font_inside_itself() -> bytes:
    return _with_font(b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[5 0 R]>>", {})


@hostile
def font_with_endless_map() -> bytes:
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    cmap += b"2 beginbfrange <00000000> <FFFFFFFF> <0041> <0000> <FFFF> [%b] endbfrange endcmap" % (b"<41>" * 1000)
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)>>/FontDescriptor<<>>>>"
    )
    font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    return _with_font(font, {6: descendant, 7: stream(cmap)})


@hostile
def font_with_endless_code_map() -> bytes:
    cmap = b"begincmap 1 begincodespacerange <00> <FFFFFFFF> endcodespacerange "
    cmap += b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)>>/FontDescriptor<<>>>>"
    )
    return _with_font(
        b"<</Type/Font/Subtype/Type0/Encoding 7 0 R/DescendantFonts[6 0 R]>>", {6: descendant, 7: stream(cmap)}
    )


@hostile
def font_that_names_a_file() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/Encoding/..#2f..#2f..#2fetc#2fpasswd/DescendantFonts[6 0 R]>>"
    return _with_font(font, {6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor<<>>/W[0 2147483647 5]>>"})


@hostile
def font_widths_without_end() -> bytes:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -5/LastChar 999999999/Widths[%b]>>" % (b"(a) " * 50_000)
    return _with_font(font, {})


@readable
def media_box_absurd() -> bytes:
    return raw_pdf(one_page()).replace(b"[0 0 612 792]", b"[0 (x) nul 1]")


@readable
def media_box_immense() -> bytes:
    return raw_pdf(one_page()).replace(b"[0 0 612 792]", b"[0 0 9e9 9e9]")


@readable
def cross_reference_loops() -> bytes:
    data = raw_pdf(one_page(), trailer=b"/Root 1 0 R/Prev 0000000000")
    start = data.rindex(b"startxref\n") + 10
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % int(data[start : data.index(b"\n", start)]))


@readable
def cross_reference_missing() -> bytes:
    data = raw_pdf(one_page())
    return data[: data.rindex(b"xref\n0")] + b"trailer\n<</Root 1 0 R>>\n"


@readable
def length_is_itself() -> bytes:
    return raw_pdf(one_page()).replace(b"/Length %d" % len(HELLO), b"/Length 4 0 R")


@hostile
def object_stream_in_itself() -> bytes:
    inside = b"1 0 2 40 <</Type/Catalog/Pages 2 0 R>>      <</Type/Pages/Kids[3 0 R]>>"
    return raw_pdf({9: stream(inside, b"/Type/ObjStm/N 2000000000/First 9/Extends 9 0 R")})


@hostile
def encrypted_with_rubbish() -> bytes:
    trailer = b"/Root 1 0 R/ID[(a)(b)]/Encrypt<</Filter/Standard/V 5/R 6/O(x)/U(y)/OE()/UE()/P -1/Length 256>>"
    return raw_pdf(one_page(), trailer)


@hostile
def encrypted_for_a_rights_server() -> bytes:
    return raw_pdf(one_page(), b"/Root 1 0 R/ID[(a)(b)]/Encrypt<</Filter/EBX_HANDLER/V 4>>")


@hostile
def catalog_is_a_number() -> bytes:
    return raw_pdf({1: b"42"})


@hostile
def root_points_at_itself() -> bytes:
    return raw_pdf({1: b"1 0 R"})


@hostile
def header_and_nothing() -> bytes:
    return b"%PDF-1.7\n"


@hostile
def header_and_noise() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 4000


@hostile
def nested_a_million_deep() -> bytes:
    return raw_pdf({1: b"[" * 1_000_000})


@hostile
def strings_without_end() -> bytes:
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R/X(" + b"(" * 1_000_000})


@hostile
def title_of_ten_megabytes() -> bytes:
    return raw_pdf({**one_page(), 9: b"<</Title(" + b"T" * 10_000_000 + b")>>"}, b"/Root 1 0 R/Info 9 0 R")


@readable
def everything_after_the_end() -> bytes:
    return raw_pdf(one_page(), tail=b"\n1 0 obj\n<</Type/Catalog/Pages 99 0 R>>\nendobj\n" * 2000)


def truncated(data: bytes) -> Iterator[bytes]:
    """The file cut at several places."""
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield data[: int(len(data) * share)]
