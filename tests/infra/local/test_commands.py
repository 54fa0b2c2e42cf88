"""Output for a person at the keyboard: one line and a status, never a traceback."""

import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.home import REPOSITORY

BOOTSTRAP = REPOSITORY / "infra" / "local" / "bootstrap.py"
OLD_PYTHON = "import sys; sys.version_info = (3, 10, 13, 'final', 0); "


def ninelives(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "ninelives.cli", *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"COLUMNS": "80", "NO_COLOR": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr.strip()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"NINELIVES_DM": "gpt"}, "NINELIVES_DM is 'gpt': use one of understudy, bedrock, openai."),
        (
            {"NINELIVES_DM": "bedrock", "NINELIVES_DM_MODEL": ""},
            "The game master is bedrock and no model is named: set NINELIVES_DM_MODEL (context dm_model) to a model id "
            "or inference profile.",
        ),
        (
            {"NINELIVES_DM": "openai", "NINELIVES_DM_MODEL": "tiny", "OPENAI_BASE_URL": ""},
            "The game master is openai and has no address: set OPENAI_BASE_URL (context openai_base_url), like "
            "http://127.0.0.1:11434/v1.",
        ),
        ({"NINELIVES_PORT": "many"}, "NINELIVES_PORT is 'many': use a number from 1024 to 65535."),
        ({"NINELIVES_PORT": "80"}, "NINELIVES_PORT is '80': use a number from 1024 to 65535."),
    ],
    ids=["unknown dungeon master", "no model", "no address", "port is no number", "port is reserved"],
)
def test_a_setting_that_makes_no_sense_is_one_line_and_a_status(environment, said):
    assert ninelives("up", **environment) == (1, "", f"✗ {said}")


def test_a_home_that_cannot_be_written_is_one_line_and_a_status(tmp_path):
    (tmp_path / "file").write_text("")
    status, _, said = ninelives("up", NINELIVES_HOME=str(tmp_path / "file" / "home"))

    assert status == 1
    assert said.startswith("✗ Cannot write to") and len(said.splitlines()) == 1


def test_a_port_in_use_is_one_line_and_a_status(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, _, said = ninelives("up", NINELIVES_HOME=str(tmp_path), NINELIVES_PORT=str(port))

    assert status == 1
    assert said.startswith(f"✗ Port {port} is in use") and len(said.splitlines()) == 1


def test_status_of_a_cloud_that_is_down_says_how_to_start_it(tmp_path):
    assert ninelives("status", NINELIVES_HOME=str(tmp_path)) == (
        1,
        "",
        "The local cloud is down: `make up` starts it.",
    )


def test_a_token_without_a_cloud_prints_nothing_that_could_be_taken_for_one(tmp_path):
    status, printed, said = ninelives("token", "tom", NINELIVES_HOME=str(tmp_path))

    assert (status, printed) == (1, "")
    assert said == "✗ The local cloud is not up: run `make up` first."


def test_down_without_a_cloud_is_no_failure(tmp_path):
    assert ninelives("down", NINELIVES_HOME=str(tmp_path))[0] == 0


def test_help_does_not_pay_for_the_cdk_or_boto3():
    code = "import sys, ninelives.cli.app; print({'boto3', 'aws_cdk', 'botocore', 'ministack'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)

    assert done.stdout.strip() == "set()"


def test_an_unsupported_python_is_told_so_by_the_command():
    done = subprocess.run(
        [sys.executable, "-c", f"{OLD_PYTHON}import ninelives.cli.app"], cwd=REPOSITORY, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr.strip()) == (1, "Nine Lives needs Python 3.11 or newer; this is 3.10.")


@pytest.fixture
def clone(tmp_path):
    """The bootstrap, and the files of a repository that it reads."""
    script = tmp_path / "infra" / "local" / "bootstrap.py"
    script.parent.mkdir(parents=True)
    script.write_text(BOOTSTRAP.read_text())
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    return tmp_path


def bootstrap(clone, before="", path="/nowhere"):
    script = clone / "infra" / "local" / "bootstrap.py"
    code = f"import runpy, sys; {before}runpy.run_path({str(script)!r}, run_name='__main__')"
    environment = {"PATH": path, "HOME": str(clone), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr.strip()


def test_an_unsupported_python_is_told_so_before_anything_is_made(clone):
    status, said = bootstrap(clone, before=OLD_PYTHON)

    assert (status, said) == (1, "✗ Nine Lives needs Python 3.11 or newer; this is 3.10: install a newer one.")
    assert not (clone / ".venv").exists()


def test_a_python_without_venv_is_told_how_to_get_it(clone):
    status, said = bootstrap(clone, before="sys.executable = '/bin/false'; ")

    assert (status, said) == (
        1,
        "✗ This Python has no venv: install it (Debian and Ubuntu: apt install python3-venv).",
    )
    assert not (clone / ".venv").exists()


def test_a_venv_directory_of_somebody_else_is_not_cleared(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "diary.txt").write_text("dear diary")
    status, said = bootstrap(clone)

    assert status == 1
    assert said.endswith("is not a virtual environment: move it away.")
    assert (clone / ".venv" / "diary.txt").exists()


def test_an_environment_that_is_made_is_not_made_again(clone):
    names = runpy.run_path(str(clone / "infra" / "local" / "bootstrap.py"))
    python = Path(names["PYTHON"])
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    Path(names["STAMP"]).write_text(names["compute_stamp"]())
    assert bootstrap(clone) == (0, "")

    (clone / "requirements.txt").write_text("another lock")
    assert bootstrap(clone)[0] == 1


def test_uv_takes_packages_from_where_pip_does(clone, tmp_path, monkeypatch):
    pip = tmp_path / "python"
    said = ["global.index-url='https://a.test/simple'", ":env:.find-links='/wheels'"]
    pip.write_text("#!/bin/sh\n" + "".join(f'echo "{line}"\n' for line in said))
    pip.chmod(0o755)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment = runpy.run_path(str(clone / "infra" / "local" / "bootstrap.py"))["tool_environment"](str(pip))

    assert (environment["UV_DEFAULT_INDEX"], environment["UV_FIND_LINKS"]) == ("https://a.test/simple", "/wheels")
    assert "PYTHONDONTWRITEBYTECODE" not in environment
