"""Compile a directory's modules so that equal sources give equal bytes. Run as a script by the target's interpreter.

Marshalled code depends on the history of the process that writes it: a fresh process with a fixed hash seed that
goes through the files in order makes it a function of the sources. Unchecked hashes make the files' times irrelevant
and spare the import system a look at the source. Standard library only: the interpreter is not ours.
"""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from pathlib import Path

ROOT_IN_LAMBDA = "/var/task"  # what tracebacks show


def compile_tree(root: Path) -> None:
    """Write `__pycache__/*.pyc` beside every module below `root`."""
    for module in sorted(root.rglob("*.py")):
        py_compile.compile(
            str(module),
            dfile=f"{ROOT_IN_LAMBDA}/{module.relative_to(root).as_posix()}",
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def compile_with(python: str, root: Path) -> None:
    """The same, by another interpreter, in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([python, "-S", __file__, str(root)], env=environment, check=True)


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]))
