"""Hooks rest on private names of the emulator: one that is gone is named before anything starts."""

import json
import types

import pytest

from infra.errors import UserError
from infra.local import hooks
from infra.local.hooks.surface import EmulatorChanged, need, rewrite, wrap


@pytest.fixture
def module():
    module = types.ModuleType("stepfunctions")
    module.answer = lambda: 9
    module.SCRIPT = "once upon a time"
    return module


def test_a_name_that_is_gone_is_named(module):
    with pytest.raises(EmulatorChanged, match=r"stepfunctions\._run is gone"):
        need(module, "answer", "_run")


def test_only_what_is_there_can_be_wrapped(module):
    wrap(module, "answer", lambda original: lambda: original() - 8)
    assert module.answer() == 1

    with pytest.raises(EmulatorChanged):
        wrap(module, "question", lambda original: original)


@pytest.mark.parametrize("old", ["never", "o"], ids=["absent", "twice"])
def test_only_text_that_is_there_once_can_be_rewritten(module, old):
    with pytest.raises(EmulatorChanged, match="exactly one"):
        rewrite(module, "SCRIPT", old, "new")


def test_another_version_of_the_emulator_is_refused_before_any_hook_is_applied(monkeypatch):
    monkeypatch.setattr(hooks, "version", lambda name: "1.6.0")

    with pytest.raises(EmulatorChanged, match=r"ministack 1\.5\.33, not 1\.6\.0"):
        hooks.install()


def test_a_cloud_that_cannot_start_says_why_in_its_last_line(tmp_path, monkeypatch, unused_port):
    from infra.local import emulator
    from infra.local.home import Home

    monkeypatch.setattr(emulator, "MODULE", "infra.local.no_such_module")
    home = Home(tmp_path, unused_port())
    with pytest.raises(UserError, match=r"stopped while starting: .*no_such_module"):
        emulator.start(home)

    assert not home.process_file.exists()


def test_the_process_file_holds_no_more_than_is_needed_to_find_the_process(cloud):
    assert json.loads(cloud.home.process_file.read_text()).keys() == {"pid", "port", "token", "code"}
