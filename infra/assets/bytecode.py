"""Compile a directory's modules so that equal sources give equal bytes. Run as a script by the target's interpreter.

Marshalled code depends on the history of the process that writes it: a fresh process with a fixed hash seed that
goes through the files in order makes it a function of the sources. Unchecked hashes make the files' times irrelevant
and spare the import system a look at the source. Standard library only: the interpreter is not ours.

Bytecode names the lines of instructions and not their columns, a fifth of its size. With `--alone` it takes the place
of its source, a third of a package that nobody reads there; tracebacks still name files and lines. With
`--undocumented` it has no docstrings and no asserts: for code of others.
"""

from __future__ import annotations

import importlib.util
import os
import py_compile
import subprocess
import sys
from pathlib import Path

ROOT_IN_LAMBDA = "/var/task"  # what tracebacks show
ALONE, UNDOCUMENTED = "--alone", "--undocumented"


def compile_tree(root: Path, *, alone: bool = False, undocumented: bool = False) -> None:
    """Write `__pycache__/*.pyc` beside every module below `root`, or with `alone` a `.pyc` in its place."""
    for module in sorted(root.rglob("*.py")):
        py_compile.compile(
            str(module),
            cfile=str(module.with_suffix(".pyc") if alone else importlib.util.cache_from_source(str(module))),
            dfile=f"{ROOT_IN_LAMBDA}/{module.relative_to(root).as_posix()}",
            doraise=True,
            optimize=2 if undocumented else 0,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        if alone:
            module.unlink()


def compile_with(python: str, root: Path, *, alone: bool = False, undocumented: bool = False) -> None:
    """The same, by another interpreter, in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    how = [*([ALONE] if alone else []), *([UNDOCUMENTED] if undocumented else [])]
    subprocess.run([python, "-S", "-X", "no_debug_ranges", __file__, str(root), *how], env=environment, check=True)


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]), alone=ALONE in sys.argv, undocumented=UNDOCUMENTED in sys.argv)
