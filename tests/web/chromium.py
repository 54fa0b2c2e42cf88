"""Debian's Chromium: found, or installed by whoever may."""

from __future__ import annotations

import os
import shutil
import subprocess

PATIENCE_SECONDS = 180
INSTALL = (
    "apt-get",
    "install",
    "-y",
    "--no-install-recommends",
    "-o",
    f"DPkg::Lock::Timeout={PATIENCE_SECONDS}",  # two workers install at the same time: the second waits for the first
    "chromium",
)


class NoBrowser(Exception):
    """There is no Chromium and none can be installed; `str(error)` says why, in a line."""


def chromium() -> str:
    """The path of the browser. Raises NoBrowser."""
    return _find() or _install()


def _find() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _install() -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoBrowser("no chromium here, and only root on a Debian can install one")
    try:
        subprocess.run(
            INSTALL,
            check=True,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except subprocess.TimeoutExpired:
        raise NoBrowser(f"chromium was not installed within {PATIENCE_SECONDS} s") from None
    except subprocess.CalledProcessError as error:
        raise NoBrowser(f"apt-get could not install chromium (exit status {error.returncode})") from None
    path = _find()
    if path is None:
        raise NoBrowser("apt-get installed chromium, but it is not on the path")
    return path
