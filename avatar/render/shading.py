"""Where a pixel lies in a texture and what light falls on it in, its four bytes written out.

What belongs to one vertex, and red, green, blue and alpha of one pixel, go through a processor's vector registers
side by side. Numba takes them one after the other, so the vector instructions are spelled out in LLVM's own terms,
which suit every processor.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core.cgutils import raw_memcpy
from numba.extending import intrinsic

from avatar.render.strips import PITCH, STRIP, STRIP_BITS

FRACTION_BITS = 16
"""Texture coordinates are whole numbers of 1/65,536 texel."""
SMOOTH = 8
"""Values interpolated over a triangle: depth, u, v, highlight; red, green, blue, alpha factor."""
ROW, CORNER, RIGHT, DOWN = 0, SMOOTH, 2 * SMOOTH, 3 * SMOOTH
"""Where a triangle's slopes (32,) hold the values at the start of a row of pixels and at its box's corner, and their
change per pixel right and down."""
_HIGHLIGHT, _FACTORS = 3, 4
_BYTE, _HALF, _WORD, _LONG, _FLOAT = ir.IntType(8), ir.IntType(16), ir.IntType(32), ir.IntType(64), ir.FloatType()
_COLOURS, _PAIR = 4, 8
_FAST = ("fast",)


@intrinsic
def set_slopes(_: Any, slopes: Any, values: Any, a: Any, b: Any, c: Any, of_b: Any, of_c: Any) -> Any:
    """Fills all but the row of slopes (32,) from a triangle's corners.

    values: flat float32 with SMOOTH values of a corner from index a, b and c on; of_b, of_c: a triple each, the
    corner's weight at the box's corner and its change per pixel right and down.
    """
    signature = types.void(slopes, values, a, b, c, of_b, of_c)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        slopes_, values_, *corners, of_b_, of_c_ = given
        data = context.make_array(kinds.args[1])(context, builder, values_).data
        here, there, third = (_load(builder, builder.gep(data, [at]), _FLOAT, SMOOTH) for at in corners)
        to_b, to_c = builder.fsub(there, here), builder.fsub(third, here)
        out = context.make_array(kinds.args[0])(context, builder, slopes_).data
        for way, place in enumerate((CORNER, RIGHT, DOWN)):
            b_share, c_share = (_splat(builder, builder.extract_value(of, way), SMOOTH) for of in (of_b_, of_c_))
            change = _sum(builder, builder.fmul(to_b, b_share, _FAST), builder.fmul(to_c, c_share, _FAST))
            _save(builder, change if way else _sum(builder, here, change), builder.gep(out, [_LONG(place)]))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def start_row(_: Any, slopes: Any, column: Any, row: Any) -> Any:
    """Fills the row of slopes (32,): the values at a pixel, column and row (float32) counted from the box's corner."""
    signature = types.void(slopes, column, row)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        data = context.make_array(kinds.args[0])(context, builder, given[0]).data
        corner, right, down = (
            _load(builder, builder.gep(data, [_LONG(place)]), _FLOAT, SMOOTH) for place in (CORNER, RIGHT, DOWN)
        )
        across = builder.fmul(right, _splat(builder, given[1], SMOOTH), _FAST)
        along = builder.fmul(down, _splat(builder, given[2], SMOOTH), _FAST)
        _save(builder, _sum(builder, _sum(builder, corner, across), along), data)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def shade_opaque(
    _: Any, image: Any, at: Any, texels: Any, strip: Any, last: Any, u: Any, v: Any, slopes: Any, step: Any
) -> Any:
    """Writes pixel at of image (P,) uint32: texture times light plus highlight.

    texels (T,) uint32 of strips.in_strips(), how many a strip has, last place that may be read from; u, v of
    FRACTION_BITS; slopes (32,) with the light; step: pixels since the row's start, float32.
    """
    signature = types.void(image, at, texels, strip, last, u, v, slopes, step)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        pixel, colour, _alpha = _lit(context, builder, kinds.args, given)
        _store(builder, pixel, colour)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def shade_blended(
    _: Any, image: Any, at: Any, texels: Any, strip: Any, last: Any, u: Any, v: Any, slopes: Any, step: Any
) -> Any:
    """The same, mixed into what the pixel shows by the texture's straight alpha, which is returned, 0..255."""
    signature = types.float32(image, at, texels, strip, last, u, v, slopes, step)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        pixel, colour, alpha = _lit(context, builder, kinds.args, given)
        behind = _floats(builder, _load(builder, pixel, _BYTE, _COLOURS))
        mix = _splat(builder, builder.fmul(alpha, _FLOAT(1 / 255)), _COLOURS)
        _store(builder, pixel, _sum(builder, behind, builder.fmul(builder.fsub(colour, behind), mix, _FAST)))
        return alpha

    return signature, generate


@intrinsic
def put_four(_: Any, image: Any, at: Any, canvas: Any, start: Any) -> Any:
    """Writes four pixels' first three bytes from canvas (uint32), index start on, to image (uint8), index at on.

    Four more bytes are overwritten; up to three pixels behind the canvas' end may be read.
    """
    signature = types.void(image, at, canvas, start)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        from_, to_ = (context.make_array(kinds.args[k])(context, builder, given[k]).data for k in (2, 0))
        lanes = _load(builder, builder.gep(from_, [given[3]]), _BYTE, 16)
        colours = [4 * pixel + colour for pixel in range(4) for colour in range(3)]
        packed_ = builder.shuffle_vector(lanes, lanes, _places(colours + [0] * 4))
        place = builder.bitcast(builder.gep(to_, [given[1]]), packed_.type.as_pointer())
        builder.store(packed_, place, align=1)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def copy_items(_: Any, to: Any, at: Any, source: Any, start: Any, count: Any) -> Any:
    """Copies count items from source, index start on, to another array of the same type, index at on."""
    signature = types.void(to, at, source, start, count)

    def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
        to_, source_ = (context.make_array(kinds.args[k])(context, builder, given[k]).data for k in (0, 2))
        size = context.get_abi_sizeof(context.get_data_type(kinds.args[0].dtype))
        raw_memcpy(builder, builder.gep(to_, [given[1]]), builder.gep(source_, [given[3]]), given[4], size)
        return context.get_dummy_value()

    return signature, generate


def _lit(context: Any, builder: Any, kinds: Any, given: Any) -> tuple[Any, Any, Any]:
    """The pixel's address, its new colour (4 x float) and the texture's alpha there."""
    image, at, texels, strip, last, u, v, slopes, step = given
    data = context.make_array(kinds[2])(context, builder, texels).data
    texel = _texel(builder, data, strip, last, u, v)
    factor, highlight = _light(builder, context.make_array(kinds[7])(context, builder, slopes).data, step)
    colour = _sum(builder, builder.fmul(texel, factor, _FAST), highlight)
    white = ir.Constant(colour.type, [255.0] * _COLOURS)
    colour = builder.select(builder.fcmp_ordered("<", colour, white), colour, white)
    pixels = context.make_array(kinds[0])(context, builder, image).data
    return builder.gep(pixels, [at]), colour, builder.extract_element(texel, _LONG(_COLOURS - 1))


def _texel(builder: Any, texels: Any, strip: Any, last: Any, u: Any, v: Any) -> Any:
    """The texture's colour between four texels (4 x float): rows are mixed first, two texels of each at once."""
    column, row = (builder.lshr(where, _LONG(FRACTION_BITS)) for where in (u, v))
    at_strip = builder.mul(builder.lshr(column, _LONG(STRIP_BITS)), strip)
    at_row = builder.add(at_strip, builder.mul(row, _LONG(PITCH)))
    at = builder.add(at_row, builder.and_(column, _LONG(STRIP - 1)))
    # On a sliver, rounding can throw u and v far outside (negative ones wrap to huge): never read beyond the texture.
    at = builder.select(builder.icmp_unsigned("<", at, last), at, last)
    above, below = (
        builder.zext(_load(builder, builder.gep(texels, [place]), _BYTE, _PAIR), ir.VectorType(_HALF, _PAIR))
        for place in (at, builder.add(at, _LONG(PITCH)))
    )
    rows = _mixed(builder, above, below, v)
    left, right = (
        builder.shuffle_vector(rows, rows, _places(range(first, first + _COLOURS))) for first in (0, _COLOURS)
    )
    return _floats(builder, _mixed(builder, left, right, u))


def _mixed(builder: Any, first: Any, second: Any, where: Any) -> Any:
    """Between two rows of 16-bit lanes holding bytes, by the upper eight bits of the coordinate's fraction."""
    fraction = builder.and_(builder.lshr(where, _LONG(FRACTION_BITS - 8)), _LONG(255))
    share = _splat(builder, builder.trunc(fraction, _HALF), first.type.count)
    eight = ir.Constant(first.type, [8] * first.type.count)
    # 255 * 256 fits 16 bits, so what wraps round on the way comes out right.
    total = builder.add(builder.shl(first, eight), builder.mul(builder.sub(second, first), share))
    return builder.lshr(total, eight)


def _light(builder: Any, slopes: Any, step: Any) -> tuple[Any, Any]:
    """Factor and highlight (4 x float each) of the pixel that lies step pixels along the row."""
    start, change = (
        _load(builder, builder.gep(slopes, [_LONG(way + _FACTORS)]), _FLOAT, _COLOURS) for way in (ROW, RIGHT)
    )
    shine, growth = (builder.load(builder.gep(slopes, [_LONG(way + _HIGHLIGHT)])) for way in (ROW, RIGHT))
    factor = _sum(builder, start, builder.fmul(change, _splat(builder, step, _COLOURS), _FAST))
    return factor, _splat(builder, _sum(builder, shine, builder.fmul(growth, step, _FAST)), _COLOURS)


def _store(builder: Any, pixel: Any, colour: Any) -> None:
    whole = builder.fptosi(colour, ir.VectorType(_WORD, _COLOURS))
    _save(builder, builder.trunc(whole, ir.VectorType(_BYTE, _COLOURS)), pixel)


def _load(builder: Any, place: Any, kind: Any, count: int) -> Any:
    return builder.load(builder.bitcast(place, ir.VectorType(kind, count).as_pointer()), align=4)


def _save(builder: Any, lanes: Any, place: Any) -> None:
    builder.store(lanes, builder.bitcast(place, lanes.type.as_pointer()), align=4)


def _sum(builder: Any, first: Any, second: Any) -> Any:
    return builder.fadd(first, second, _FAST)


def _floats(builder: Any, lanes: Any) -> Any:
    whole = builder.zext(lanes, ir.VectorType(_WORD, _COLOURS))
    return builder.sitofp(whole, ir.VectorType(_FLOAT, _COLOURS))


def _splat(builder: Any, value: Any, count: int) -> Any:
    vector = builder.insert_element(ir.Constant(ir.VectorType(value.type, count), ir.Undefined), value, _WORD(0))
    return builder.shuffle_vector(vector, vector, _places([0] * count))


def _places(order: Iterable[int]) -> Any:
    order = list(order)
    return ir.Constant(ir.VectorType(_WORD, len(order)), order)
