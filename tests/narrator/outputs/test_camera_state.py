"""Whatever is wrong with the camera, the person is told the line that mends it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from narrator.outputs.camera_state import MODPROBE, camera_error, camera_state, loopback_devices

EXCLUSIVE = "exclusive_caps=1"


def with_device(root: Path, number: int, label: str) -> Path:
    folder = root / f"sys/devices/virtual/video4linux/video{number}"
    folder.mkdir(parents=True)
    (folder / "name").write_text(f"{label}\n")
    node = root / f"dev/video{number}"
    node.parent.mkdir(exist_ok=True)
    node.write_text("")
    return node


def with_driver_file(root: Path) -> None:
    folder = root / "lib/modules" / os.uname().release / "updates/dkms"
    folder.mkdir(parents=True)
    (folder / "v4l2loopback.ko.xz").write_text("")


def test_the_camera_called_narrator_goes_before_others(tmp_path: Path) -> None:
    with_device(tmp_path, 0, "OBS Virtual Camera")
    with_device(tmp_path, 3, "Narrator")
    assert loopback_devices(tmp_path) == [("OBS Virtual Camera", "/dev/video0"), ("Narrator", "/dev/video3")]
    state = camera_state("linux", tmp_path)
    assert (state.works, state.device) == (True, "/dev/video3")


def test_a_device_one_may_not_write_to_names_the_group(tmp_path: Path) -> None:
    device = with_device(tmp_path, 0, "Narrator")
    state = camera_state("linux", tmp_path, may_use=lambda node: node != device)
    assert not state.works
    assert "usermod -aG video" in state.mend


def test_without_the_driver_it_names_the_package_and_the_line(tmp_path: Path) -> None:
    state = camera_state("linux", tmp_path)
    assert not state.works
    assert "v4l2loopback-dkms" in state.mend
    assert state.mend.endswith(MODPROBE)
    assert EXCLUSIVE in MODPROBE


def test_with_the_driver_on_the_disk_it_names_the_line_alone(tmp_path: Path) -> None:
    with_driver_file(tmp_path)
    assert camera_state("linux", tmp_path).mend == MODPROBE


def test_a_loaded_driver_without_a_device_is_loaded_again(tmp_path: Path) -> None:
    (tmp_path / "sys/module/v4l2loopback").mkdir(parents=True)
    assert camera_state("linux", tmp_path).mend.startswith("sudo modprobe -r")


@pytest.mark.parametrize(
    ("reason", "said", "wanted"),
    [
        ("library", "No module named 'pyvirtualcam'", r"pip install 'narrator\[camera\]'"),
        ("camera", "No v4l2 loopback device found at /dev/video[0-99].", "modprobe v4l2loopback"),
        ("camera", "Device /dev/video7 does not exist.", "modprobe v4l2loopback"),
        ("camera", "[Errno 13] Permission denied: '/dev/video0'", "usermod -aG video"),
        ("camera", "Device or resource busy", "Close that program"),
        ("camera", "error: Invalid argument", "Close that program"),
        ("camera", "something nobody foresaw", "something nobody foresaw"),
        ("camera", "", "its driver said"),
    ],
)
def test_every_fault_is_one_line_with_what_to_do_and_the_window(
    tmp_path: Path, reason: str, said: str, wanted: str
) -> None:
    with pytest.raises(Exception, match=wanted) as raised:
        raise camera_error(reason, said, "linux", tmp_path)
    assert "\n" not in str(raised.value)
    assert "the window takes its place" in str(raised.value)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_on_other_systems_it_is_obs(tmp_path: Path, system: str) -> None:
    assert "OBS" in str(camera_error("camera", "virtual camera not installed", system, tmp_path))
    assert "OBS" in camera_state(system, tmp_path).detail
