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
from numba.core.cgutils import alloca_once_value, for_range, raw_memcpy
from numba.extending import intrinsic

from avatar.render.strips import PITCH, STRIP, STRIP_BITS

FRACTION_BITS = 16
"""Texture coordinates are whole numbers of 1/65,536 texel."""
SMOOTH = 8
"""Values interpolated over a triangle: depth, u, v, highlight; red, green, blue, alpha factor."""
CORNER, RIGHT, DOWN = 0, SMOOTH, 2 * SMOOTH
"""Where a triangle's slopes (24,) hold the values at its box's corner, and their change per pixel right and down."""
HALF_RANGE = 127.5
"""Blended pixels at least this opaque own their place."""
_Z, _U, _V, _HIGHLIGHT, _FACTORS = range(5)
_BYTE, _HALF, _WORD, _LONG, _FLOAT = ir.IntType(8), ir.IntType(16), ir.IntType(32), ir.IntType(64), ir.FloatType()
_COLOURS, _PAIR = 4, 8
_FAST = ("fast",)


@intrinsic
def set_slopes(_: Any, slopes: Any, values: Any, a: Any, b: Any, c: Any, of_b: Any, of_c: Any) -> Any:
    """Fills slopes (24,) from a triangle's corners.

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


def _row_of(is_blended: bool) -> Any:
    """An intrinsic that fills those of count pixels, from flat index start of canvas and depth on, that lie nearest.

    canvas (P,) uint32 and depth (P,) float32 begin slid pixels after owner (uint8), which gets owner_id;
    slopes (24,); column, row: the first pixel counted from the box's corner, float32; texels (T,) uint32 of
    strips.in_strips(), and how many a strip has, uint64. Blended pixels are mixed into the canvas by the texture's
    straight alpha; where that passes one half they own and hide what is behind them.
    """

    def draw_row(
        _: Any,
        canvas: Any,
        depth: Any,
        owner: Any,
        owner_id: Any,
        start: Any,
        slid: Any,
        count: Any,
        slopes: Any,
        column: Any,
        row: Any,
        texels: Any,
        strip: Any,
    ) -> Any:
        signature = types.void(canvas, depth, owner, owner_id, start, slid, count, slopes, column, row, texels, strip)

        def generate(context: Any, builder: Any, kinds: Any, given: Any) -> Any:
            is_array = [isinstance(kind, types.Array) for kind in kinds.args]
            arrays = [
                context.make_array(kind)(context, builder, one) if is_one else one
                for kind, one, is_one in zip(kinds.args, given, is_array, strict=True)
            ]
            _fill_row(builder, arrays, is_blended)
            return context.get_dummy_value()

        return signature, generate

    draw_row.__name__ = "draw_blended_row" if is_blended else "draw_opaque_row"
    return intrinsic(draw_row)


draw_opaque_row, draw_blended_row = _row_of(False), _row_of(True)


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


def _fill_row(builder: Any, given: Any, is_blended: bool) -> None:
    """What _row_of() promises; given as there, with arrays made."""
    canvas, depth, owner, owner_id, start, slid, count, slopes, column, row, texels, strip = given
    first, change = _start_of_row(builder, slopes.data, column, row)
    right, down = (_fixed(builder, change, lane) for lane in (_U, _V))
    values = alloca_once_value(builder, first)
    u, v = (alloca_once_value(builder, _fixed(builder, first, lane)) for lane in (_U, _V))
    last = builder.sub(builder.extract_value(texels.shape, 0), _LONG(PITCH + 2))
    with for_range(builder, count) as loop:
        here, at = builder.load(values), builder.add(start, loop.index)
        z, behind = builder.extract_element(here, _LONG(_Z)), builder.gep(depth.data, [at])
        with builder.if_then(builder.fcmp_ordered(">", z, builder.load(behind)), likely=True):
            texel = _texel(builder, texels.data, strip, last, builder.load(u), builder.load(v))
            is_hiding = _paint(builder, builder.gep(canvas.data, [at]), texel, here, is_blended)
            with builder.if_then(is_hiding):
                builder.store(z, behind)
                builder.store(owner_id, builder.gep(owner.data, [builder.add(at, slid)]))
        builder.store(_sum(builder, here, change), values)
        for place, step in ((u, right), (v, down)):
            builder.store(builder.add(builder.load(place), step), place)


def _start_of_row(builder: Any, slopes: Any, column: Any, row: Any) -> tuple[Any, Any]:
    """The values at a pixel counted from the box's corner, and their change per pixel right (8 x float each)."""
    corner, right, down = (
        _load(builder, builder.gep(slopes, [_LONG(place)]), _FLOAT, SMOOTH) for place in (CORNER, RIGHT, DOWN)
    )
    across = builder.fmul(right, _splat(builder, column, SMOOTH), _FAST)
    along = builder.fmul(down, _splat(builder, row, SMOOTH), _FAST)
    return _sum(builder, _sum(builder, corner, across), along), right


def _fixed(builder: Any, values: Any, lane: int) -> Any:
    """A texture coordinate in fractions of a texel."""
    texels = builder.extract_element(values, _LONG(lane))
    return builder.fptosi(builder.fmul(texels, _FLOAT(1 << FRACTION_BITS), _FAST), _LONG)


def _paint(builder: Any, pixel: Any, texel: Any, values: Any, is_blended: bool) -> Any:
    """Writes the texture's colour (4 x float) in the light of values (8 x float); returns whether it hides."""
    factor = builder.shuffle_vector(values, values, _places(range(_FACTORS, _FACTORS + _COLOURS)))
    highlight = builder.shuffle_vector(values, values, _places([_HIGHLIGHT] * _COLOURS))
    colour = _sum(builder, builder.fmul(texel, factor, _FAST), highlight)
    white = ir.Constant(colour.type, [255.0] * _COLOURS)
    colour = builder.select(builder.fcmp_ordered("<", colour, white), colour, white)
    if not is_blended:
        _store(builder, pixel, colour)
        return ir.Constant(ir.IntType(1), 1)
    alpha = builder.extract_element(texel, _LONG(_COLOURS - 1))
    behind = _floats(builder, _load(builder, pixel, _BYTE, _COLOURS))
    mix = _splat(builder, builder.fmul(alpha, _FLOAT(1 / 255)), _COLOURS)
    _store(builder, pixel, _sum(builder, behind, builder.fmul(builder.fsub(colour, behind), mix, _FAST)))
    return builder.fcmp_ordered(">", alpha, _FLOAT(HALF_RANGE))


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
