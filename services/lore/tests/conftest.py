from __future__ import annotations

import pytest

from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.tests import small_world
from services.lore.wiring import WORLDS


@pytest.fixture(scope="session")
def nekopolis() -> Pack:
    return load_pack(WORLDS / "nekopolis")


@pytest.fixture(scope="session")
def tiny() -> Pack:
    return small_world.pack()
