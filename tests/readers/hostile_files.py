"""Nothing in; PDFs whose fonts, tables or encryption are made to hang, swell or crash a reader out."""

from __future__ import annotations

from tests.readers.hostile_register import hostile, readable
from tests.readers.raw_pdf import HELLO, one_page, raw_pdf, stream


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
