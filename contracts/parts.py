"""Parts of a contract: modules of which each is loaded when one of its names is first asked for.

A contract has up to sixty classes, a start pays for each that is made, and a function asks for a dozen. So an owner's
contract is a package of parts: whoever imports a name of it (`from contracts.dm import Usage`) loads the part that the
name is in (PEP 562), and what that part rests on.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def names_of(package: str, parts: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose names are in these parts, by part; its `__all__` has all of them.

    Classes of a part `events` need no mention: what is in none of the others is looked for there.
    """
    homes = {name: part for part, names in parts.items() for name in names}
    rest = "events" if "events" in parts else None

    def load(name: str) -> Any:
        if name == "__all__":
            return [*homes, *(_classes(import_module(f"{package}.{rest}")) if rest else ())]
        home = homes.get(name) or (rest if not name.startswith("_") else None)
        part = import_module(f"{package}.{home}") if home else None
        if part is None or not hasattr(part, name):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(part, name)
        setattr(sys.modules[package], name, value)
        return value

    return load


def _classes(part: Any) -> list[str]:
    return [name for name, value in vars(part).items() if getattr(value, "__module__", None) == part.__name__]
