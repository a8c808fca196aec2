"""The yardsticks of pictures: equal ones are equal, and what looks worse counts as worse."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.film_quality import kept, psnr_db, ssim

STILL = np.random.default_rng(3).integers(0, 256, (96, 128)).astype(np.uint8)
SMOOTH = cv2.GaussianBlur(STILL, (0, 0), 4)


def test_a_picture_is_like_itself() -> None:
    assert ssim(SMOOTH, SMOOTH) == pytest.approx(1)
    assert psnr_db(SMOOTH, SMOOTH) > 100


def test_one_step_of_brightness_everywhere_is_48_decibels() -> None:
    assert psnr_db(SMOOTH, SMOOTH + 1) == pytest.approx(48.13, abs=0.01)


def test_what_is_blurred_is_less_alike_than_what_is_a_little_brighter() -> None:
    assert ssim(STILL, cv2.GaussianBlur(STILL, (0, 0), 1)) < 0.9 < ssim(STILL, np.clip(STILL, 0, 250) + 4)


def test_a_higher_crf_makes_smaller_and_worse_films() -> None:
    chance = np.random.default_rng(5)
    pictures = np.stack([np.roll(np.tile(SMOOTH, (3, 2))[:144, :160], step, 1) for step in range(12)])
    planes = np.concatenate([pictures, np.full((12, 72, 160), 128, np.uint8)], axis=1)
    planes[:, :144] += chance.integers(0, 20, (12, 144, 160)).astype(np.uint8)
    mouth = (slice(40, 100), slice(40, 120))
    fine, coarse = (kept(planes, mouth, "veryfast", ("crf", crf)) for crf in (18, 34))
    assert fine.kib_a_second > 2 * coarse.kib_a_second
    assert fine.mouth_ssim > coarse.mouth_ssim
    assert coarse.worst_ssim <= coarse.mouth_ssim
    assert fine.whole_db > coarse.whole_db
