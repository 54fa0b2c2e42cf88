"""Parts of a contract: modules of which each is loaded when one of its names is first asked for.

A contract has up to sixty classes, a start pays for each that is made, and a function asks for a dozen. So an owner's
contract is a package of parts: whoever imports a name of it (`from contracts.dm import Usage`) loads the part that the
name is in (PEP 562), and what that part rests on. `make schemas` writes down which name is where.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from contracts.names import NAMES


def names_of(package: str) -> tuple[list[str], Callable[[str], Any]]:
    """The `__all__` and the `__getattr__` of a package of parts."""
    homes = {name: part for part, names in NAMES[package].items() for name in names}

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return list(homes), load
