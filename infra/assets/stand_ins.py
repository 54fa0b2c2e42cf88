"""Modules of others that are imported on the way and then not used: less stands in their place.

Each cold start would pay for what they import: the SDK's writer of documentation with an HTML parser, a look through
all that is installed for plug-ins of pydantic, of which none is in a package, and the version of an HTTP/2 library that
nobody has. Versions are locked; a test makes clients and models with these.
"""

from __future__ import annotations

from pathlib import Path

_DOCSTRING = '''
class _NotWritten(str):
    """The documentation of a client's method, which nobody reads in a function."""

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


ClientMethodDocstring = PaginatorDocstring = WaiterDocstring = _NotWritten
'''
_NO_PLUGINS = """
def get_plugins():
    return ()
"""
STAND_INS = {
    "botocore/docs/__init__.py": "",
    "botocore/docs/docstring.py": _DOCSTRING,
    "pydantic/plugin/_loader.py": _NO_PLUGINS,
    "urllib3/http2/__init__.py": "",
}
"""By the module that they stand for."""


def put_stand_ins(tree: Path) -> None:
    """Put them in the place of the modules that are there."""
    for name, text in STAND_INS.items():
        if (tree / name).is_file():
            write_anew(tree / name, text.encode())


def write_anew(file: Path, content: bytes) -> None:
    """Write another file of this name: an installed one may be linked to a cache that all environments share."""
    file.unlink()
    file.write_bytes(content)
