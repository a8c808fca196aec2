"""A system, or what a driver said, in; whether there is a camera, and the line that makes one, out."""

from __future__ import annotations

import getpass
import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from narrator.errors import OutputError

MODPROBE = 'sudo modprobe v4l2loopback exclusive_caps=1 card_label="Narrator"'
"""exclusive_caps: without it Chromium and Firefox do not list the camera (v4l2loopback issues 91 and 274)."""
INSTALL = "sudo apt-get install -y v4l2loopback-dkms linux-headers-$(uname -r)"
RELOAD = f"sudo modprobe -r v4l2loopback && {MODPROBE}"
LIBRARY = "pip install 'narrator[camera]' (with pipx: pipx inject narrator pyvirtualcam)"
OBS = "Install OBS Studio 30 or newer, press its Start Virtual Camera and Stop Virtual Camera once, and close it"
FALLBACK = "Until then the window takes its place"


@dataclass(frozen=True, slots=True)
class CameraState:
    """What was found, and what the person must do about it."""

    works: bool
    detail: str
    mend: str = ""
    device: str = ""
    """The device to name to the driver; empty leaves the choice to it."""


def _may_use(device: Path) -> bool:
    return os.access(device, os.R_OK | os.W_OK)


def camera_state(
    system: str = sys.platform, root: Path = Path("/"), may_use: Callable[[Path], bool] = _may_use
) -> CameraState:
    """Looks at the library, the driver, the device and its permissions; opens nothing."""
    if importlib.util.find_spec("pyvirtualcam") is None:
        return CameraState(False, "the library pyvirtualcam is not installed", LIBRARY)
    if not system.startswith("linux"):
        return CameraState(True, "through OBS Studio's virtual camera, where it is installed", "")
    devices = loopback_devices(root)
    if not devices:
        return _without_device(root)
    label, device = next((one for one in devices if one[0] == "Narrator"), devices[0])
    if not may_use(root / device.lstrip("/")):
        return CameraState(False, f"{device} may not be used by {getpass.getuser()}", group_line(), device)
    return CameraState(True, f"{device} ({label})", "", device)


def loopback_devices(root: Path = Path("/")) -> list[tuple[str, str]]:
    """(label, device) of every virtual camera of v4l2loopback, which are those without hardware behind them."""
    folder = root / "sys/devices/virtual/video4linux"
    found = sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else []
    return [(_label(one), f"/dev/{one.name}") for one in found]


def camera_error(reason: str, said: str, system: str = sys.platform, root: Path = Path("/")) -> OutputError:
    """What the driver said, as what was expected, what came and what to do."""
    came, step = _explained(reason, said, system, root)
    return OutputError("a virtual camera that other programs see", came, f"{_as_instruction(step)}. {FALLBACK}")


def group_line() -> str:
    """For a device that only the group may use."""
    return f"sudo usermod -aG video {getpass.getuser()}, then log out and in again"


def _explained(reason: str, said: str, system: str, root: Path) -> tuple[str, str]:
    words = said.lower()
    if reason == "library":
        return "the library pyvirtualcam is not installed", LIBRARY
    if not system.startswith("linux"):
        return (f"OBS's camera is not ready ({said})", OBS)
    if "permission denied" in words or "errno 13" in words:
        return (f"it may not be used by {getpass.getuser()}", group_line())
    if "no v4l2" in words or "does not exist" in words or "not found" in words:
        state = _without_device(root)
        return state.detail, state.mend
    if "busy" in words or "invalid argument" in words or "in use" in words:
        return "another program writes to it", f"Close that program, or run: {RELOAD}"
    return f"its driver said: {said or 'nothing'}", RELOAD


def _without_device(root: Path) -> CameraState:
    if (root / "sys/module/v4l2loopback").exists():
        return CameraState(False, "the driver v4l2loopback is loaded, but has no device", RELOAD)
    if _is_installed(root):
        return CameraState(False, "the driver v4l2loopback is not loaded", MODPROBE)
    return CameraState(False, "the driver v4l2loopback is not installed", f"{INSTALL} && {MODPROBE}")


def _is_installed(root: Path) -> bool:
    modules = root / "lib/modules" / os.uname().release
    return any(modules.glob("**/v4l2loopback.ko*"))


def _label(device: Path) -> str:
    try:
        return (device / "name").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _as_instruction(step: str) -> str:
    return step if step[0].isupper() else f"Run: {step}"
