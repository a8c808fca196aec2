"""No input; Joel described: a dark-skinned man of about forty with close-cropped hair."""

from __future__ import annotations

from avatar.studio.person import Brows, Build, Clothes, Eyes, Hair, Marks, Person, SkinPalette
from avatar.studio.shape import Move, shaped

MOVES = (
    Move((-52, -4, -56), (16, 18, 28), by=(-6.0, -3.0, 0)),  # angle of the jaw
    Move((-38, -24, -32), (13, 11, 18), by=(-4.5, -3.0, 1.5)),
    Move((0, -36, 2), (15, 9, 18), by=(0, -4.0, 1.5)),  # a broad, straight chin
    Move((-15, -36, -8), (9, 8, 14), by=(-4.0, -2.5, 2.0)),
    Move((0, 29, 8), (16, 10, 20), grow=(1.30, 1.0, 1.0)),  # a broad nose with a low bridge
    Move((0, 60, 2), (11, 14, 12), by=(0, 0, -2.2)),
    Move((0, 33, 22), (8, 7, 10), by=(0, -0.5, -2.6)),
    Move((-11, 28, 8), (5, 6, 8), by=(-0.5, 0.5, 2.2)),
    Move((0, 9, 9), (17, 4.5, 10), by=(0, 1.0, 0.6)),  # full lips
    Move((0, -10, 8), (16, 4.5, 10), by=(0, -1.1, 0.6)),
    Move((-34, 84, -4), (17, 7, 12), by=(0, -2.8, 3.0)),  # brow ridge
    Move((-32, 69, -8), (14, 3.0, 8), by=(0, -0.7, 0.4)),
    Move((0, 118, -8), (40, 12, 20), by=(0, 4.0, -1.0)),  # a high forehead
    Move((-50, 24, -24), (11, 14, 16), by=(1.5, 0, -1.5)),  # lean cheeks
)

JOEL = Person(
    name="joel",
    title="Joel, a man of about forty; drawn by the project's own code, not a photograph",
    shape=shaped(MOVES),
    skin=SkinPalette(
        base=(134, 90, 66),
        forehead=(132, 90, 64),
        blush=(140, 78, 58),
        light=(172, 126, 98),
        shadow=(56, 26, 18),
        lid=(104, 66, 48),
        under_eye=(102, 66, 52),
        wet=(160, 108, 98),
        lip=(150, 76, 74),
        liner=(26, 17, 15),
    ),
    marks=Marks(age=0.32, pores=1.3, spots=4),
    eyes=Eyes(
        iris_outer=(44, 28, 19),
        iris_inner=(84, 52, 30),
        sclera=(212, 198, 186),
        fold_mm=3.8,
        fold_ends=(0.14, 0.84),
        lashes=0.45,
        liner=0.35,
    ),
    brows=Brows(
        colour=(26, 19, 17),
        spine=((-12.5, 82.0), (-21, 84.6), (-30, 86.6), (-39, 87.4), (-47.4, 85.0), (-54.5, 79.6)),
        half_width_mm=(2.9, 3.7, 3.7, 3.2, 2.3, 0.7),
    ),
    hair=Hair(
        style="cropped",
        dark=(18, 15, 14),
        light=(58, 48, 44),
        scalp=(30, 23, 20),
        hairline=(
            *((-63, 52), (-62, 76), (-59, 93), (-55, 106), (-50, 118), (-40, 128), (-24, 133), (0, 133.5)),
            *((24, 133), (40, 128), (50, 118), (55, 106), (59, 93), (62, 76), (63, 52)),
        ),
        parting_x=0.0,
    ),
    clothes=Clothes(style="crew-neck", colour=(17, 18, 22)),
    build=Build(neck=1.10, shoulders=1.08, bust_mm=4.0, arms=1.08, hands=0.86),
    colours={
        "lip": (160, 58, 72),
        "lip_natural": (146, 68, 66),
        "lip_strong": (172, 20, 44),
        "gum": (168, 98, 98),
        "tongue": (234, 150, 152),
        "background_top": (222, 214, 202),
        "background_bottom": (186, 176, 162),
    },
)
