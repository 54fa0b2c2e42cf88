"""An export that the tests read, and the page about it: both are made once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ninelives.analytics.report.reporting import report
from tests.analytics.report.export import write_export
from tests.support.archived_events import make_events


@pytest.fixture(scope="session")
def events() -> list[dict[str, Any]]:
    """The facts, as EventBridge delivered them."""
    return make_events(campaigns=24, turns=30, seed=3)


@pytest.fixture(scope="session")
def exported(events: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_export(tmp_path_factory.mktemp("facts"), events)


@pytest.fixture(scope="session")
def page(exported: Path) -> str:
    return report(exported)
