"""A picture and a face in it in, how far each pixel belongs to the person out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import FACE_POINTS, Face, selfie_segmentation

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

REFINE_SHARE = 0.008
"""The mask's edge moves to the picture's own edges within this share of the picture's longer side."""
REFINE_EDGE = 2e-4
"""Contrast (variance of 0..1 grey) above which an edge of the picture is taken for the person's."""
CERTAIN = (0.12, 0.65)
"""Below and above these the mask is made wholly background and wholly person: rather a hair's breadth of background
that moves along than an ear that is seen through."""
NEARBY_SHARE = 0.12
"""What the mask doubts is believed this close to what it is sure of, in widths of the face."""
FACE_EDGE_SHARE = 0.01
"""The face itself always belongs to the person; its outline is softened by this share of its width."""


def person_matte(image: Pixels, face: Face) -> Floats:
    """(H, W) 0 background .. 1 person, by mediapipe's selfie segmentation, sharpened along the picture's own edges."""
    with selfie_segmentation().SelfieSegmentation(model_selection=0) as finder:
        mask = np.asarray(finder.process(image).segmentation_mask, np.float32)
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    radius = max(int(REFINE_SHARE * max(image.shape[:2])), 2)
    mask = _one_person(mask, face)
    refined = guided(grey, mask, radius, REFINE_EDGE)
    certain = np.clip((refined - CERTAIN[0]) / (CERTAIN[1] - CERTAIN[0]), 0, 1).astype(np.float32)
    return np.maximum(certain, _face_mask(face, image.shape))


def _one_person(mask: Floats, face: Face) -> Floats:
    """The mask without what does not hang together with the face: other people, and what was taken for one."""
    count, labels = cv2.connectedComponents((mask > CERTAIN[1]).astype(np.uint8))
    left, top, right, bottom = (int(edge) for edge in face.box)
    inside = labels[max(top, 0) : max(bottom, 1), max(left, 0) : max(right, 1)]
    chosen = int(np.bincount(inside[inside > 0], minlength=count).argmax()) if (inside > 0).any() else 0
    reach = max(int(NEARBY_SHARE * face.width_px), 1)
    near = cv2.dilate((labels == chosen).astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    return np.asarray(mask * near, np.float32)


def _face_mask(face: Face, shape: tuple[int, ...]) -> Floats:
    """(H, W) 1 within the face's outline."""
    mask = np.zeros(shape[:2], np.float32)
    outline = cv2.convexHull(face.points[:FACE_POINTS, :2].astype(np.float32))
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 1.0)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(FACE_EDGE_SHARE * face.width_px, 0.8)), np.float32)


def guided(guide: Floats, mask: Floats, radius: int, epsilon: float) -> Floats:
    """mask (H, W) with edges where guide (H, W) has them: the guided filter of He, Sun and Tang (2013)."""
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.blur(values, size), np.float32)

    guide_mean, mask_mean = mean(guide), mean(mask)
    slope = (mean(guide * mask) - guide_mean * mask_mean) / (mean(guide * guide) - guide_mean**2 + epsilon)
    offset = mask_mean - slope * guide_mean
    return mean(slope) * guide + mean(offset)
