"""A measured face and its picture in, lids, the white of the eye and a moving iris out, for each eye.

The white stands still, so that lid shadows and corners stay where the picture has them; the iris is a cap that turns
about the eyeball's centre. What lids hide of both is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.canvas import Grid, grid_over, sample
from avatar.presenters.from_picture.depth import Depth
from avatar.presenters.from_picture.fill import flow_in
from avatar.presenters.from_picture.mesh import delaunay
from avatar.presenters.from_picture.mouth import smooth_line
from avatar.presenters.from_picture.pose import Pose
from avatar.render.presenter import Part

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

UPPER_LID = {
    "right": (133, 173, 157, 158, 159, 160, 161, 246, 33),
    "left": (362, 398, 384, 385, 386, 387, 388, 466, 263),
}
LOWER_LID = {"right": (133, 155, 154, 153, 145, 144, 163, 7, 33), "left": (362, 382, 381, 380, 374, 373, 390, 249, 263)}
"""FaceMesh's points along the margins, from the nose outward."""
IRIS = {"right": (468, 469, 470, 471, 472), "left": (473, 474, 475, 476, 477)}
"""Its middle and four points of its edge."""
MARGIN_POINTS = 15
EYE_RADIUS_MM, LID_MM = 12.0, 1.15
IRIS_ABOVE_MM = 0.35
"""The iris stands this far before the white, under the lids."""
BEHIND_LIDS_MM, BEHIND_SKIN_MM = (5.5, 2.5), 1.2
"""So far behind the lids the white goes on, and so far under the skin: beside the corners that is no higher than the
eyeball."""
RIM_KEPT_MM, RIM_FADED_MM = 0.5, 1.2
"""The picture's own pixels go on beyond the opening, whose rim is seen a little aside, and give way to the white."""
LID_SHADE = 0.45
"""What a lifted lid uncovers lies in its shade: it is darker than the white by this share."""
LID_LINE_MM = 0.7
"""So far within the opening a painter's line along the lid may reach ..."""
LEAST_SAFE = 0.1
"""... and what lies deeper is taken for the white's colours, where it is at least this share of the white."""
WHITE_BLUR_MM = 0.8
PIXELS_PER_MM = 6.0
IRIS_RADIUS_MM = (5.2, 6.4)
"""An iris is 11.7 mm across in everybody; what is measured is held near that."""
SOLID, CLEAR = 1.10, 1.28
"""Over the iris' radius: up to here the cap is opaque, from here on it lets the white through."""
CAP_RINGS, CAP_SECTORS, CAP_PIXELS = 5, 24, 112


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye in head space, mm."""

    side: str
    centre: Doubles
    upper: Doubles
    """(MARGIN_POINTS, 3) from the nose outward, corners included."""
    lower: Doubles
    iris_direction: Doubles
    """(3,) unit, from the centre."""
    iris_radius_mm: float

    @property
    def ring(self) -> Doubles:
        """(2 * MARGIN_POINTS - 2, 3): both margins as one ring."""
        return np.vstack([self.upper, self.lower[-2:0:-1]])


def find_eye(head: Doubles, pose: Pose, side: str) -> Eye:
    """head (478, 3): FaceMesh's points in head space; the margins are laid where the eyeball carries them."""
    upper, lower = (
        smooth_line(head[list(UPPER_LID[side])], MARGIN_POINTS),
        smooth_line(head[list(LOWER_LID[side])], MARGIN_POINTS),
    )
    lower[[0, -1]] = upper[[0, -1]]
    middle = np.vstack([upper, lower[1:-1]]).mean(axis=0)
    lids = np.vstack([upper[4:-4], lower[4:-4]])
    reach = EYE_RADIUS_MM + LID_MM
    depth = lids[:, 2] - np.sqrt(np.maximum(reach**2 - ((lids[:, :2] - middle[:2]) ** 2).sum(axis=1), 1.0))
    centre = np.array([middle[0], middle[1], depth.mean()])
    upper, lower = (onto_ball(line, centre, reach, pose) for line in (upper, lower))
    edge = head[list(IRIS[side][1:])]
    plane, _ = pose.plane_of_head(head[[IRIS[side][0]]])
    front = onto_ball(pose.head_of_plane(plane, np.zeros(1)), centre, EYE_RADIUS_MM, pose)[0] - centre
    radius = float(np.clip(np.linalg.norm(edge - edge.mean(axis=0), axis=1).mean(), *IRIS_RADIUS_MM))
    return Eye(side, centre, upper, lower, front / np.linalg.norm(front), radius)


def onto_ball(points: Doubles, centre: Doubles, radius: float, pose: Pose, floor_share: float = 0.55) -> Doubles:
    """The points (N, 3) moved along the viewer's line of sight onto the ball; beside it, onto a gentle slope."""
    sight = pose.sight(points)
    away = points - centre
    along = (away * sight).sum(axis=1)
    beside = (away**2).sum(axis=1) - along**2
    # Beyond floor_share of the radius the ball falls away too steeply: the surface goes on as a gentle slope.
    knee = (1 - floor_share**2) * radius**2
    height = np.sqrt(np.maximum(radius**2 - np.minimum(beside, knee), 0))
    height -= (np.sqrt(np.maximum(beside, knee)) - np.sqrt(knee)) * 0.35
    moved: Doubles = points + (height - along)[:, None] * sight
    return moved


def white_part(image: Pixels, eye: Eye, pose: Pose, depth: Depth) -> Part:
    """The white: the picture's own opening without its iris, going on behind the lids."""
    plane, _ = pose.plane_of_head(eye.ring)
    middle = plane.mean(axis=0)
    outward = plane - middle
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    wide = np.vstack([plane + outward * reach for reach in BEHIND_LIDS_MM])
    inner = [middle + (plane - middle) * share for share in (0.35, 0.7)]
    points = np.vstack([wide, plane, *inner, middle[None]])
    head = onto_ball(pose.head_of_plane(points, np.zeros(len(points))), eye.centre, EYE_RADIUS_MM, pose)
    ball, skin = pose.plane_of_head(head[: len(wide)])[1], depth.at(wide)
    head[: len(wide)] = pose.head_of_plane(wide, np.minimum(ball, skin - BEHIND_SKIN_MM))
    grid = grid_over(
        *(wide.min(axis=0)[0], wide.max(axis=0)[1], wide.max(axis=0)[0], wide.min(axis=0)[1]), 1 / PIXELS_PER_MM
    )
    texture = _white(sample(image, pose, grid), eye, pose, grid, plane)
    return _part(f"white_{eye.side}", head, delaunay(points), grid.uv_of(points), texture)


def _white(laid: Pixels, eye: Eye, pose: Pose, grid: Grid, opening: Doubles) -> Pixels:
    """The opening's pixels; lids and iris are painted over from the white that is safely neither."""
    visible = np.zeros((grid.height, grid.width), np.uint8)
    cv2.fillPoly(visible, [np.round(grid.pixels_of(opening)).astype(np.int32)], 1)
    within = cv2.distanceTransform(visible, cv2.DIST_L2, cv2.DIST_MASK_5) * grid.mm_per_pixel
    middle, _ = pose.plane_of_head((eye.centre + eye.iris_direction * EYE_RADIUS_MM)[None])
    away = np.linalg.norm(grid.plane() - middle[0], axis=2) / eye.iris_radius_mm
    beyond = cv2.distanceTransform(1 - visible, cv2.DIST_L2, cv2.DIST_MASK_5) * grid.mm_per_pixel
    is_white = (within > 0) & (away > SOLID)
    if not is_white.any():
        return laid
    is_safe = (within > LID_LINE_MM) & (away > CLEAR)
    known = is_safe if is_safe.sum() > LEAST_SAFE * is_white.sum() else is_white
    seen = laid.astype(np.float32)
    filled = cv2.GaussianBlur(flow_in(seen, known.astype(np.float32)), (0, 0), WHITE_BLUR_MM / grid.mm_per_pixel)
    filled *= 1 - LID_SHADE * np.clip(beyond / RIM_FADED_MM, 0, 1)[..., None]
    kept = np.clip((RIM_FADED_MM - beyond) / (RIM_FADED_MM - RIM_KEPT_MM), 0, 1)
    kept *= np.clip((away - SOLID) / (CLEAR - SOLID), 0, 1)
    return np.asarray(filled + (seen - filled) * kept[..., None], np.uint8)


def iris_part(image: Pixels, eye: Eye, pose: Pose) -> Part:
    """The iris as a cap on the eyeball, complete, with a soft rim."""
    across, up = _axes(eye.iris_direction)
    radius = EYE_RADIUS_MM + IRIS_ABOVE_MM
    rings = np.linspace(0, 1, CAP_RINGS + 1)[1:]
    turn = np.arange(CAP_SECTORS) / CAP_SECTORS * 2 * np.pi
    flat = np.concatenate(
        [[[0.0, 0.0]], (rings[:, None, None] * np.stack([np.cos(turn), np.sin(turn)], -1)).reshape(-1, 2)]
    )
    points = _on_cap(flat * CLEAR * eye.iris_radius_mm, eye, across, up, radius)
    uv = (0.5 + 0.49 * flat * (1, -1)).astype(np.float32)
    side = np.linspace(-1, 1, CAP_PIXELS) / 0.98
    grid = np.stack(np.meshgrid(side, -side), axis=-1)
    places = _on_cap(grid.reshape(-1, 2) * CLEAR * eye.iris_radius_mm, eye, across, up, EYE_RADIUS_MM)
    plane, _ = pose.plane_of_head(places)
    pixels = pose.pixels_of_plane(plane).reshape(CAP_PIXELS, CAP_PIXELS, 2).astype(np.float32)
    colours = cv2.remap(image, pixels[..., 0], pixels[..., 1], cv2.INTER_CUBIC)
    opening = pose.pixels_of_plane(pose.plane_of_head(eye.ring)[0])
    distance = np.linalg.norm(grid, axis=2) * CLEAR
    visible = _inside(opening, pixels, 0.5 / pose.mm_per_pixel)
    colours = _completed(colours, visible, distance)
    alpha = np.clip((CLEAR - distance) / (CLEAR - SOLID), 0, 1) * 255
    return _part(f"eye_{eye.side}", points, delaunay(flat), uv, np.dstack([colours, alpha.astype(np.uint8)]))


def _on_cap(flat: Doubles, eye: Eye, across: Doubles, up: Doubles, radius: float) -> Doubles:
    """(N, 3): places flat (N, 2) mm before the iris, laid on the ball."""
    height = np.sqrt(np.maximum(radius**2 - (flat**2).sum(axis=1), 0))
    places: Doubles = eye.centre + flat[:, :1] * across + flat[:, 1:] * up + height[:, None] * eye.iris_direction
    return places


def _axes(direction: Doubles) -> tuple[Doubles, Doubles]:
    across = np.cross([0.0, 1.0, 0.0], direction)
    across /= np.linalg.norm(across)
    return across, np.cross(direction, across)


def _inside(opening: Doubles, pixels: Floats, margin_px: float) -> npt.NDArray[np.bool_]:
    """Which of the places (h, w, 2) px lie in the opening, at least margin_px from the lids."""
    contour = opening.astype(np.float32).reshape(-1, 1, 2)
    flat = [cv2.pointPolygonTest(contour, (float(x), float(y)), True) > margin_px for x, y in pixels.reshape(-1, 2)]
    return np.array(flat).reshape(pixels.shape[:2])


def _completed(colours: Pixels, visible: npt.NDArray[np.bool_], distance: Doubles) -> Pixels:
    """Hidden places take the colours that lie at their distance from the middle, from either side of the gap."""
    half = (CAP_PIXELS - 1) / 2
    rings, sectors = 40, 96
    most = distance[CAP_PIXELS // 2, 0]
    turn = np.arange(sectors) / sectors * 2 * np.pi
    reach = np.linspace(0, 1, rings)[:, None] * half
    x, y = (half + reach * np.cos(turn)).astype(np.float32), (half - reach * np.sin(turn)).astype(np.float32)
    polar = cv2.remap(colours, x, y, cv2.INTER_LINEAR).astype(np.float64)
    seen = cv2.remap(visible.astype(np.float32), x, y, cv2.INTER_LINEAR) > 0.99
    for ring, known in zip(polar, seen, strict=True):
        if known.any() and not known.all():
            at = np.flatnonzero(known)
            for k in range(3):
                ring[:, k] = np.interp(np.arange(sectors), at, ring[at, k], period=sectors)
    known_rings = seen.any(axis=1)
    if known_rings.any():
        polar[~known_rings] = polar[known_rings].mean(axis=(0, 1))
    column, row = np.meshgrid(np.arange(CAP_PIXELS) - half, half - np.arange(CAP_PIXELS))
    angle = (np.arctan2(row, column) % (2 * np.pi)) / (2 * np.pi) * sectors
    wrapped = np.concatenate([polar, polar[:, :1]], axis=1).astype(np.float32)
    place = np.clip(distance / most, 0, 1) * (rings - 1)
    filled = cv2.remap(wrapped, angle.astype(np.float32), place.astype(np.float32), cv2.INTER_LINEAR)
    share = cv2.GaussianBlur(visible.astype(np.float32), (0, 0), 1.5)[..., None] * visible[..., None]
    whole: Pixels = np.clip(filled + (colours - filled) * np.minimum(share * 1.5, 1), 0, 255).astype(np.uint8)
    return whole


def _part(name: str, points: Doubles, triangles: Ints, uv: Floats, texture: Pixels) -> Part:
    ones = np.ones(len(points), np.float32)
    return Part(name, "picture", points.astype(np.float32), triangles, uv, np.ascontiguousarray(texture), ones)
