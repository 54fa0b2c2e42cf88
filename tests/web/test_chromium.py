"""The folder says in a line that no browser can be had, instead of failing."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.web.chromium import INSTALL, PATIENCE_SECONDS, NoBrowser, chromium


def test_who_is_not_root_is_told_why_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(NoBrowser, match="only root on a Debian"):
        chromium()


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (subprocess.TimeoutExpired(INSTALL, PATIENCE_SECONDS), "not installed within 180 s"),
        (subprocess.CalledProcessError(100, INSTALL), "exit status 100"),
    ],
)
def test_a_browser_that_cannot_be_installed_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception, told: str
) -> None:
    def installs(command: tuple[str, ...], **limits: object) -> None:
        assert (command, limits["timeout"]) == (INSTALL, PATIENCE_SECONDS)
        raise trouble

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", installs)

    with pytest.raises(NoBrowser, match=told):
        chromium()
