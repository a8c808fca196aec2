"""No input; Ada described: a fair woman in her thirties with long brown hair."""

from __future__ import annotations

from avatar.studio.person import Brows, Build, Clothes, Eyes, Hair, Marks, Person, SkinPalette
from avatar.studio.shape import Move, shaped

MOVES = (
    Move((0, 29, 8), (15, 10, 18), grow=(0.92, 1.0, 1.0)),  # a narrow nose
    Move((-52, 46, -26), (14, 13, 18), by=(-0.8, 0, 1.0)),  # cheekbones
)

ADA = Person(
    name="ada",
    title="Ada, a woman in her thirties; drawn by the project's own code, not a photograph",
    shape=shaped(MOVES),
    skin=SkinPalette(
        base=(229, 182, 158),
        forehead=(229, 187, 160),
        blush=(218, 144, 128),
        light=(244, 208, 186),
        shadow=(122, 58, 44),
        lid=(186, 132, 116),
        under_eye=(196, 146, 134),
        wet=(212, 152, 140),
        lip=(178, 78, 86),
        liner=(50, 30, 26),
    ),
    marks=Marks(age=0.16, freckles=70),
    eyes=Eyes(iris_outer=(76, 86, 74), iris_inner=(126, 100, 64)),  # hazel
    brows=Brows(
        colour=(66, 44, 34),
        spine=((-13.5, 84.6), (-21, 86.3), (-30, 88.4), (-39, 89.8), (-46.8, 88.0), (-53.6, 83.2)),
        half_width_mm=(2.3, 3.1, 3.0, 2.4, 1.6, 0.5),
    ),
    hair=Hair(
        style="long",
        dark=(38, 24, 18),
        light=(134, 92, 64),
        scalp=(62, 42, 32),
        hairline=(
            *((-58.5, 66), (-57, 80), (-54.5, 92), (-50.5, 103), (-44, 113), (-34, 122), (-20, 129), (0, 131.5)),
            *((20, 129), (34, 122), (44, 113), (50.5, 103), (54.5, 92), (57, 80), (58.5, 66)),
        ),
        parting_x=15.0,
    ),
    clothes=Clothes(style="v-neck", colour=(44, 58, 84)),
    build=Build(neck=0.92),
    colours={
        "lip": (178, 78, 86),
        "lip_natural": (198, 116, 110),
        "lip_strong": (158, 44, 60),
        "gum": (196, 112, 112),
        "tongue": (206, 142, 138),
        "background_top": (206, 215, 222),
        "background_bottom": (168, 181, 192),
    },
)
