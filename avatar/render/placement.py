"""Posed vertices, a head rotation and light in, screen attributes out: the last step before drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.camera import CAMERA_DISTANCE_MM, Camera

Floats = npt.NDArray[np.float32]

BREATH_LIFT_MM = 2.2
"""Rise of shoulders and chest at breath 1; the head rises by half of it (judgement)."""


def head_rotation(frame: MotionFrame) -> Floats:
    """(3, 3): yaw about y, then pitch about x, then roll about z; signs as in motion_frame.py."""
    yaw, pitch, roll = (np.deg2rad(frame[f"head_{axis}_deg"]) for axis in ("yaw", "pitch", "roll"))
    # Pitch up turns the nose from +z to +y, roll towards the person's left (+x) turns the crown to +x.
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), np.sin(roll), 0], [-np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    rotation: Floats = (about_z @ about_x @ about_y).astype(np.float32)
    return rotation


@dataclass(frozen=True, slots=True)
class Stance:
    """Where the head is in one frame, and who looks at it."""

    rotation: Floats
    """(3, 3)."""
    pivot: Floats
    """(3,) the neck's joint, mm."""
    lift_mm: float
    """How far the breath has raised the shoulders."""
    camera: Camera


def stance(frame: MotionFrame, pivot: Floats, camera: Camera) -> Stance:
    """The stance of a frame."""
    return Stance(head_rotation(frame), pivot, BREATH_LIFT_MM * frame["breath"], camera)


def place(
    vertices: Floats, normals: Floats, follow: Floats, shade: Floats, light: Floats, at: Stance, out: Floats
) -> None:
    """Turns the head, breathes, lights and projects: writes all but u and v into out (V, ATTRIBUTES).

    vertices and normals (V, 3), follow (V,) 0 shoulders .. 1 head, shade (V,) 0..1, light a material's table.
    """
    lift = np.float32(at.lift_mm)
    scale = (np.float32(at.camera.pixels_per_mm), np.float32(at.camera.middle_x), np.float32(at.camera.middle_y))
    _place(vertices, normals, follow, shade, light, at.rotation, at.pivot, lift, scale, out)


@njit(nogil=True, cache=True, fastmath=True)
def _place(
    vertices: Floats,
    normals: Floats,
    follow: Floats,
    shade: Floats,
    light: Floats,
    rotation: Floats,
    pivot: Floats,
    lift: float,
    scale: tuple[float, float, float],
    out: Floats,
) -> None:
    half = np.float32(0.5 * light.shape[0])
    most = np.float32(light.shape[0] - 1.001)
    far = np.float32(CAMERA_DISTANCE_MM)
    for i in range(vertices.shape[0]):
        f = follow[i]
        x, y, z = vertices[i, 0] - pivot[0], vertices[i, 1] - pivot[1], vertices[i, 2] - pivot[2]
        tx = rotation[0, 0] * x + rotation[0, 1] * y + rotation[0, 2] * z
        ty = rotation[1, 0] * x + rotation[1, 1] * y + rotation[1, 2] * z
        tz = rotation[2, 0] * x + rotation[2, 1] * y + rotation[2, 2] * z
        x = pivot[0] + x + (tx - x) * f
        y = pivot[1] + y + (ty - y) * f + lift * (np.float32(1.0) - np.float32(0.5) * f)
        z = pivot[2] + z + (tz - z) * f
        size = scale[0] * far / (far - z)
        out[i, 0] = scale[1] + x * size
        out[i, 1] = scale[2] - y * size
        out[i, 2] = z
        nx, ny, nz = normals[i, 0], normals[i, 1], normals[i, 2]
        rx = rotation[0, 0] * nx + rotation[0, 1] * ny + rotation[0, 2] * nz
        ry = rotation[1, 0] * nx + rotation[1, 1] * ny + rotation[1, 2] * nz
        across = min(max((nx + (rx - nx) * f + np.float32(1.0)) * half - np.float32(0.5), np.float32(0.0)), most)
        along = min(max((ny + (ry - ny) * f + np.float32(1.0)) * half - np.float32(0.5), np.float32(0.0)), most)
        column, row = int(across), int(along)
        right, below = across - np.float32(column), along - np.float32(row)
        for k in range(4):
            first = light[row, column, k] + (light[row, column + 1, k] - light[row, column, k]) * right
            second = light[row + 1, column, k] + (light[row + 1, column + 1, k] - light[row + 1, column, k]) * right
            out[i, 5 + k] = (first + (second - first) * below) * shade[i]
