"""The average face and a table of landmarks in, the face's net with its points moved to them, mm, out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.average_face import AverageFace

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

PUPIL_DISTANCE_MM = 63.0
LIP_CORNERS = (61, 291)
SMOOTHING = 0.02
"""Added to the diagonal of the interpolation: the table's small unevennesses are not followed exactly."""
INSIDE_LIPS = frozenset(
    (11, 12, 13, 14, 15, 16, 38, 41, 42, 62, 72, 73, 74, 76, 77, 78, 80, 81, 82, 85, 86, 87, 88, 89, 90, 95, 96, 178)
    + (179, 180, 183, 184, 191, 268, 271, 272, 292, 302, 303, 304, 306, 307, 308, 310, 311, 312, 315, 316, 317, 318)
    + (319, 320, 324, 325, 402, 403, 404, 407, 408, 415)
)
"""FaceMesh's points on the red of the lips: left out, avatar/render/mouth builds the lips."""


def sculpt_face(average: AverageFace, targets: dict[int, tuple[float, float, float]]) -> Doubles:
    """All 468 points, mm: a smooth bending of space carries the average's landmarks to their targets."""
    points = average.points * PUPIL_DISTANCE_MM
    points = points - points[list(LIP_CORNERS)].mean(axis=0)
    sources, goals = [], []
    for i, goal in sorted(targets.items()):
        twin = int(average.mirror[i])
        sources += [points[i]] if twin == i else [points[i], points[twin]]
        goals += [goal] if twin == i else [goal, (-goal[0], goal[1], goal[2])]
    return bend(points, np.array(sources), np.array(goals, np.float64))


def bend(points: Doubles, sources: Doubles, goals: Doubles) -> Doubles:
    """Moves points as the sources move to the goals: an affine map plus radial functions |r| (biharmonic in space)."""
    count = len(sources)
    kernel = np.linalg.norm(sources[:, None] - sources[None], axis=2)
    affine = np.hstack([np.ones((count, 1)), sources])
    system = np.zeros((count + 4, count + 4))
    system[:count, :count] = kernel - SMOOTHING * np.eye(count)
    system[:count, count:], system[count:, :count] = affine, affine.T
    weights = np.linalg.solve(system, np.vstack([goals - sources, np.zeros((4, 3))]))
    reach = np.linalg.norm(points[:, None] - sources[None], axis=2)
    moved: Doubles = points + reach @ weights[:count] + np.hstack([np.ones((len(points), 1)), points]) @ weights[count:]
    return moved
