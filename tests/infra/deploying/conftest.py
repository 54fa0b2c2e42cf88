"""One emulator for the file of each worker, and the templates for AWS as the other tests of infra read them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local import emulator
from infra.local.home import Home
from tests.infra.deploying.account import EmptyAccount
from tests.infra.templates import Cloud
from tests.support.ports import free_port


@pytest.fixture(scope="session")
def _account(aws: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyAccount]:
    scratch = tmp_path_factory.mktemp("account")
    home = Home(scratch / "cloud", free_port())
    emulator.start(home, persist=False)
    yield EmptyAccount(home, scratch, aws.directory)
    emulator.stop(home)


@pytest.fixture
def account(_account: EmptyAccount) -> EmptyAccount:
    _account.empty()
    return _account
