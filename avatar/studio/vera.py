"""No input; Vera described: an olive-skinned woman of about sixty-five with short grey hair."""

from __future__ import annotations

from avatar.studio.person import Brows, Build, Clothes, Eyes, Hair, Marks, Person, SkinPalette
from avatar.studio.shape import Move, shaped

MOVES = (
    Move((-36, -17, -18), (10, 9, 14), by=(-0.6, -2.4, 1.2)),  # softer jaw line
    Move((-24, -28, -6), (8, 7, 10), by=(-1.0, -1.8, 0)),
    Move((-38, 38, -8), (12, 9, 14), by=(0, -1.8, -1.6)),  # cheeks sunk a little
    Move((-46, 20, -18), (10, 11, 14), by=(0.8, 0, -1.2)),
    Move((-58, 92, -38), (10, 14, 16), by=(2.2, 0, -1.5)),  # temples
    Move((-32, 69, -8), (14, 3.0, 8), by=(0, -1.0, 0.5)),  # heavier upper lids, most of all outside
    Move((-43, 72, -13), (6, 5, 8), by=(0, -1.6, 0.8)),
    Move((-46, 66, -17), (6, 4.5, 9), by=(0, -0.9, 0)),
    Move((-36, 86, -4), (17, 7, 12), by=(0, -1.4, 0.8)),
    Move((0, 30, 20), (8, 7, 12), by=(0, -1.8, 0.8)),  # a longer nose with a slight arch
    Move((0, 29, 8), (15, 10, 18), grow=(0.92, 1.0, 1.0)),
    Move((0, 55, 5), (6, 8, 9), by=(0, 0, 1.8)),
    Move((0, 8, 9), (17, 4, 10), by=(0, -0.6, -0.6)),  # thinner lips
    Move((0, -9.5, 8), (16, 4, 10), by=(0, 0.6, -0.4)),
    Move((0, 15, 9), (12, 5, 9), by=(0, -0.8, -0.6)),
    Move((0, -36, 3), (13, 8, 14), by=(0, -0.6, 1.2)),
)

VERA = Person(
    name="vera",
    title="Vera, a woman of about sixty-five; drawn by the project's own code, not a photograph",
    shape=shaped(MOVES),
    skin=SkinPalette(
        base=(212, 166, 134),
        forehead=(212, 168, 134),
        blush=(206, 134, 114),
        light=(230, 192, 162),
        shadow=(112, 60, 42),
        lid=(172, 120, 98),
        under_eye=(176, 126, 108),
        wet=(204, 144, 130),
        lip=(176, 82, 84),
        liner=(58, 42, 38),
    ),
    marks=Marks(age=0.8, pores=1.1, freckles=16, spots=9),
    eyes=Eyes(
        iris_outer=(64, 46, 32),
        iris_inner=(116, 82, 48),
        sclera=(214, 204, 194),
        fold_mm=3.0,
        fold_ends=(0.12, 0.95),
        lashes=0.6,
        liner=0.7,
    ),
    brows=Brows(
        colour=(104, 90, 80),
        spine=((-14.0, 82.8), (-21, 84.8), (-30, 87.2), (-39, 88.2), (-47, 85.8), (-53.4, 80.6)),
        half_width_mm=(1.6, 2.1, 2.0, 1.7, 1.2, 0.5),
    ),
    hair=Hair(
        style="short",
        dark=(104, 102, 102),
        light=(216, 213, 209),
        scalp=(150, 138, 128),
        hairline=(
            *((-59.5, 62), (-58, 80), (-56, 92), (-52, 103), (-46, 114), (-36, 123), (-21, 129.5), (0, 131)),
            *((21, 129.5), (36, 123), (46, 114), (52, 103), (56, 92), (58, 80), (59.5, 62)),
        ),
        parting_x=-16.0,
        gloss=0.65,
    ),
    clothes=Clothes(style="v-neck", colour=(74, 46, 62)),
    build=Build(neck=0.95, shoulders=1.0, bust_mm=16.0),
    colours={
        "lip": (176, 82, 84),
        "lip_natural": (184, 116, 106),
        "lip_strong": (152, 46, 58),
        "gum": (190, 112, 110),
        "tongue": (204, 128, 130),
        "background_top": (240, 243, 240),
        "background_bottom": (208, 214, 210),
    },
)
