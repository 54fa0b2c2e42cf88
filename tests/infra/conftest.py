"""The app, synthesised once per run for each target."""

from __future__ import annotations

import pytest

from tests.infra.templates import Cloud, read
from tests.support.assemblies import shared_assembly


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return read(shared_assembly(tmp_path_factory, "aws", target="aws"))


@pytest.fixture(scope="session")
def closely(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    """For AWS, watched closely and traced."""
    return read(shared_assembly(tmp_path_factory, "closely", target="aws", watched_closely="true", traces="true"))


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return read(shared_assembly(tmp_path_factory, "local", target="local"))
