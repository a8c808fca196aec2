"""Posed vertices, a head rotation and light in, screen attributes out: the last step before drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.camera import CAMERA_DISTANCE_MM, Camera
from avatar.render.presenter import FACING

Floats = npt.NDArray[np.float32]

LIT = (6, 7, 8, 5)
"""Where red, green, blue factor and highlight stand among a vertex's attributes (avatar/render/rasterise.py)."""
BREATH_LIFT_MM = 2.6
"""Rise of the shoulders at breath 1; the head rises by half of it (judgement)."""
BREATH_WIDER = 0.007
"""Share by which the chest, and the arms at its sides, go outward at breath 1 (judgement)."""
SHOULDERS_Y, WAIST_Y = -156.0, -466.0
"""All of the breath shows at the shoulders and nothing of it at the waist."""
GROUND_Y = -1400.0
"""Where a standing person stays when the weight shifts."""


def head_rotation(frame: MotionFrame) -> Floats:
    """(3, 3): yaw about y, then pitch about x, then roll about z; signs as in motion_frame.py."""
    yaw, pitch, roll = (math.radians(frame[f"head_{axis}_deg"]) for axis in ("yaw", "pitch", "roll"))
    # Pitch up turns the nose from +z to +y, roll towards the person's left (+x) turns the crown to +x.
    cy, sy, cp, sp, cr, sr = (turn(angle) for angle in (yaw, pitch, roll) for turn in (math.cos, math.sin))
    return np.array(
        (
            (cr * cy - sr * sp * sy, sr * cp, cr * sy + sr * sp * cy),
            (-sr * cy - cr * sp * sy, cr * cp, -sr * sy + cr * sp * cy),
            (-cp * sy, -sp, cp * cy),
        ),
        np.float32,
    )


@dataclass(frozen=True, slots=True)
class Stance:
    """Where the head is in one frame, and who looks at it."""

    turned: Floats
    """(3, 3) from head space to the camera's, for what moves with the head."""
    rest: Floats
    """(3, 3) the same for what stays with the shoulders."""
    pivot: Floats
    """(3,) the neck's joint, mm, in head space."""
    pivot_seen: Floats
    """(3,) the same in the camera's space."""
    breath: float
    """0..1."""
    shift_mm: float
    """How far the head has gone aside with the body's weight."""
    camera: Camera


def stance(frame: MotionFrame, pivot: Floats, camera: Camera, rest: Floats = FACING) -> Stance:
    """The stance of a frame; rest (3, 4) is the presenter's."""
    still, shift = np.ascontiguousarray(rest[:, :3]), rest[:, 3]
    turned, seen = still @ head_rotation(frame), still @ pivot + shift
    return Stance(turned, still, pivot, seen, frame["breath"], frame["weight_shift_mm"], camera)


def place(
    vertices: Floats, normals: Floats, follow: Floats, shade: Floats, light: Floats, at: Stance, out: Floats
) -> None:
    """Turns the head, breathes, lights and projects: writes all but u and v into out (V, ATTRIBUTES).

    vertices and normals (V, 3), follow (V,) 0 shoulders .. 1 head, shade (V,) 0..1, light a material's table.
    """
    body = (np.float32(at.breath), np.float32(at.shift_mm))
    scale = (np.float32(at.camera.pixels_per_mm), np.float32(at.camera.middle_x), np.float32(at.camera.middle_y))
    _place(vertices, normals, follow, shade, light, at.turned, at.rest, at.pivot, at.pivot_seen, body, scale, out)


@njit(nogil=True, cache=True, fastmath=True)
def _place(
    vertices: Floats,
    normals: Floats,
    follow: Floats,
    shade: Floats,
    light: Floats,
    turned: Floats,
    rest: Floats,
    pivot: Floats,
    pivot_seen: Floats,
    body: tuple[float, float],
    scale: tuple[float, float, float],
    out: Floats,
) -> None:
    half = np.float32(0.5 * light.shape[0])
    most = np.float32(light.shape[0] - 1.001)
    far = np.float32(CAMERA_DISTANCE_MM)
    change = turned - rest
    lift, wider = body[0] * np.float32(BREATH_LIFT_MM), body[0] * np.float32(BREATH_WIDER)
    one = np.float32(1.0)
    per_mm = one / np.float32(SHOULDERS_Y - WAIST_Y)
    lean = body[1] / np.float32(-GROUND_Y)
    for i in range(vertices.shape[0]):
        f = follow[i]
        xx, xy, xz = rest[0, 0] + change[0, 0] * f, rest[0, 1] + change[0, 1] * f, rest[0, 2] + change[0, 2] * f
        yx, yy, yz = rest[1, 0] + change[1, 0] * f, rest[1, 1] + change[1, 1] * f, rest[1, 2] + change[1, 2] * f
        zx, zy, zz = rest[2, 0] + change[2, 0] * f, rest[2, 1] + change[2, 1] * f, rest[2, 2] + change[2, 2] * f
        dx, dy, dz = vertices[i, 0] - pivot[0], vertices[i, 1] - pivot[1], vertices[i, 2] - pivot[2]
        x = pivot_seen[0] + xx * dx + xy * dy + xz * dz
        y = pivot_seen[1] + yx * dx + yy * dy + yz * dz
        z = pivot_seen[2] + zx * dx + zy * dy + zz * dz
        breathing = min(max((vertices[i, 1] - np.float32(WAIST_Y)) * per_mm, np.float32(0.0)), one)
        x += x * wider * breathing * (one - f) + lean * (y - np.float32(GROUND_Y))
        y += lift * breathing * (one - np.float32(0.5) * f)
        size = scale[0] * far / (far - z)
        out[i, 0] = scale[1] + x * size
        out[i, 1] = scale[2] - y * size
        out[i, 2] = z
        nx, ny, nz = normals[i, 0], normals[i, 1], normals[i, 2]
        across = (xx * nx + xy * ny + xz * nz + np.float32(1.0)) * half - np.float32(0.5)
        along = (yx * nx + yy * ny + yz * nz + np.float32(1.0)) * half - np.float32(0.5)
        across, along = min(max(across, np.float32(0.0)), most), min(max(along, np.float32(0.0)), most)
        column, row = int(across), int(along)
        right, below = across - np.float32(column), along - np.float32(row)
        for k in range(4):
            first = light[row, column, k] + (light[row, column + 1, k] - light[row, column, k]) * right
            second = light[row + 1, column, k] + (light[row + 1, column + 1, k] - light[row + 1, column, k]) * right
            out[i, LIT[k]] = (first + (second - first) * below) * shade[i]
