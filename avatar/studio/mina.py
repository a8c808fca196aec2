"""No input; Mina described: an East Asian woman in her twenties with a black bob."""

from __future__ import annotations

from avatar.studio.person import Brows, Build, Clothes, Eyes, Hair, Marks, Person, SkinPalette
from avatar.studio.shape import Move, shaped

MOVES = (
    Move((-52, 44, -26), (14, 15, 20), by=(-3.2, 0, 2.5)),  # wide, high cheekbones
    Move((-38, 30, -8), (13, 12, 14), by=(0, 0, 2.2)),  # full young cheeks
    Move((-42, -14, -38), (15, 14, 22), by=(2.0, 0.5, 0)),  # a tapering jaw
    Move((0, -38, -2), (16, 9, 16), by=(0, 2.2, 0)),
    Move((-14, -37, -8), (9, 7, 12), by=(1.5, 0.5, 0)),
    Move((0, 62, 0), (10, 14, 12), by=(0, 0, -2.6)),  # a low bridge and a small round tip
    Move((0, 32, 22), (9, 8, 11), by=(0, 1.2, -3.2)),
    Move((0, 29, 8), (15, 9, 18), grow=(1.07, 1.0, 1.0)),
    Move((-31.5, 69, -8), (13, 2.6, 8), by=(0, -0.3, -0.4)),  # narrower eyes, rising outward
    Move((-46, 66, -17), (7, 4.5, 9), by=(-0.3, 1.5, 0)),
    Move((-16, 62.5, -12), (4, 3.5, 8), by=(0.6, -0.6, 1.5)),
    Move((-31, 79, -8), (15, 4.5, 9), by=(0, 0, 2.6)),  # shallow sockets
    Move((0, 0, 4), (30, 10, 20), grow=(0.94, 1.0, 1.0)),  # a small full mouth
    Move((0, 9, 9), (13, 4, 10), by=(0, 0.3, 0.3)),
    Move((0, -10, 8), (13, 4, 10), by=(0, -0.2, 0.3)),
)

MINA = Person(
    name="mina",
    title="Mina, a woman in her twenties; drawn by the project's own code, not a photograph",
    shape=shaped(MOVES),
    skin=SkinPalette(
        base=(236, 196, 168),
        forehead=(236, 198, 168),
        blush=(230, 152, 136),
        light=(248, 218, 196),
        shadow=(140, 76, 56),
        lid=(212, 160, 136),
        under_eye=(214, 166, 146),
        wet=(218, 158, 146),
        lip=(198, 82, 92),
        liner=(34, 24, 24),
    ),
    marks=Marks(age=0.05, pores=0.7, spots=2),
    eyes=Eyes(
        iris_outer=(44, 29, 20), iris_inner=(88, 56, 34), fold_mm=2.0, fold_ends=(0.16, 0.94), lashes=0.75, liner=0.9
    ),
    brows=Brows(
        colour=(44, 34, 32),
        spine=((-14.0, 84.2), (-22, 86.0), (-30, 87.6), (-39, 88.6), (-47, 87.2), (-53.6, 83.4)),
        half_width_mm=(2.0, 2.6, 2.6, 2.2, 1.5, 0.5),
    ),
    hair=Hair(
        style="bob",
        dark=(14, 12, 15),
        light=(74, 64, 68),
        scalp=(30, 25, 27),
        hairline=(
            *((-59.5, 66), (-58, 80), (-55.5, 92), (-51, 103), (-44, 113), (-34, 121), (-20, 127), (0, 129)),
            *((20, 127), (34, 121), (44, 113), (51, 103), (55.5, 92), (58, 80), (59.5, 66)),
        ),
        parting_x=0.0,
    ),
    clothes=Clothes(style="crew-neck", colour=(38, 66, 62)),
    build=Build(neck=0.90, shoulders=0.96, bust_mm=12.0, arms=0.94, hands=0.81),
    colours={
        "lip": (198, 82, 92),
        "lip_natural": (212, 126, 122),
        "lip_strong": (178, 42, 62),
        "gum": (206, 122, 122),
        "tongue": (222, 143, 147),
        "background_top": (138, 126, 132),
        "background_bottom": (98, 88, 96),
    },
)
