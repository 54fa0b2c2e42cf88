"""Make `.venv` from nothing but a Python with venv: `python3 -I infra/local/bootstrap.py`.

Standard library only, and parseable by old interpreters so that they can say what is wrong. A second run with an
unchanged lock does nothing.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from typing import NoReturn

OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCK = os.path.join(ROOT, "requirements.txt")
STAMP = os.path.join(VENV, ".ninelives")
# What pip was told about where packages come from, and how uv is told the same.
HIDDEN = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
INDEXES = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}


def fail(message: str) -> NoReturn:
    sys.exit("✗ " + message)


def step(name: str, command: "list[str]", environment: "dict[str, str]") -> None:
    """Run a command, show what it is and how long it took; show its output only when it fails."""
    sys.stderr.write("· {} …\n".format(name))  # noqa: UP032
    started = time.time()
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        fail("{} failed: see above, then run the same command again.".format(name))  # noqa: UP032
    sys.stderr.write("✓ {} {:.1f} s\n".format(name, time.time() - started))  # noqa: UP032


def supported_python() -> str:
    """This interpreter when it is new enough, else a newer one from PATH."""
    if sys.version_info >= OLDEST:
        return sys.executable
    found = next((path for path in map(shutil.which, NEWER) if path), None)
    if found:
        return found
    fail("Nine Lives needs Python 3.11 or newer; this is {}.{}: install a newer one.".format(*sys.version_info))


def compute_stamp() -> str:
    """A hash that changes whenever the environment must be made anew."""
    digest = hashlib.sha256()
    for path in (LOCK, os.path.join(ROOT, "pyproject.toml"), os.path.abspath(__file__)):
        with open(path, "rb") as file:
            digest.update(file.read())
    digest.update(ROOT.encode())
    return digest.hexdigest()


def locked_uv() -> str:
    """A file that asks for the one locked uv, by its hashes."""
    with open(LOCK) as file:
        entries = file.read().replace("\\\n", " ").splitlines()
    path = os.path.join(VENV, "uv.txt")
    with open(path, "w") as file:
        file.write(next(entry for entry in entries if entry.startswith("uv==")))
    return path


def is_made(stamp: str) -> bool:
    try:
        with open(STAMP) as file:
            return file.read() == stamp and subprocess.call([PYTHON, "-c", ""]) == 0
    except OSError:
        return False


def tool_environment(python: str = PYTHON) -> "dict[str, str]":
    """This environment for tools: byte code is written, and uv takes packages and certificates from where pip does."""
    environment = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # safe: the locks have hashes
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    asked = subprocess.run(
        [python, "-m", "pip", "config", "list"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    for line in sorted(asked.stdout.decode().splitlines(), reverse=True):  # what the environment says comes last
        scope, _, value = line.partition("=")
        variable = INDEXES.get(scope.partition(".")[2].lstrip("."))
        if variable and variable not in os.environ:
            environment[variable] = value.strip("'\"").replace("\\n", " ")
    return environment


def make_venv(python: str) -> None:
    if subprocess.call([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL):
        fail("This Python has no venv: install it (Debian and Ubuntu: apt install python3-venv).")
    if os.path.lexists(VENV) and not os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
        fail("{} is not a virtual environment: move it away.".format(VENV))  # noqa: UP032
    step("Making a virtual environment", [python, "-m", "venv", "--clear", VENV], dict(os.environ))


def main() -> None:
    if importlib.util.find_spec("fcntl") is None:
        fail("Nine Lives runs on Linux and macOS; on Windows use WSL.")
    python = supported_python()
    try:
        stamp = compute_stamp()
        if is_made(stamp):
            return
        make_venv(python)
        environment = tool_environment()
        uv = [PYTHON, "-m", "uv", "pip"]
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", locked_uv()]
        step("Installing uv", pip, environment)
        sync = [*uv, "sync", "--python", PYTHON, "--require-hashes", LOCK]
        step("Installing the locked packages", sync, environment)
        step("Installing ninelives", [*uv, "install", "--python", PYTHON, "--no-deps", "-e", ROOT], environment)
        with open(STAMP, "w") as file:
            file.write(stamp)
    except (OSError, IOError) as error:  # noqa: UP024
        fail(f"Cannot set up {VENV}: {error.strerror or error}.")


if __name__ == "__main__":
    main()
