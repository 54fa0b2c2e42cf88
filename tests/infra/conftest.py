"""The app, synthesised once per session for each target."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("JSII_NODE", str(Path(sys.executable).parent / "node"))  # before the CDK is imported

if TYPE_CHECKING:
    from tests.infra.templates import Cloud


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    from tests.infra.templates import synthesised

    return synthesised(tmp_path_factory.mktemp("aws"), target="aws")


@pytest.fixture(scope="session")
def closely(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    """For AWS, watched closely and traced."""
    from tests.infra.templates import synthesised

    return synthesised(tmp_path_factory.mktemp("closely"), target="aws", watched_closely="true", traces="true")


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    from tests.infra.templates import synthesised

    return synthesised(tmp_path_factory.mktemp("local"), target="local")
