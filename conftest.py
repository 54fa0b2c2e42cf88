"""For every test: how many examples a property is tried with, how moto's DynamoDB answers, and what is read once."""

from __future__ import annotations

import gc
import os
from threading import RLock

import botocore.session
import pytest
from botocore.hooks import EventAliaser
from hypothesis import HealthCheck, settings
from moto.core import models
from moto.dynamodb.responses import DynamoHandler

from ninelives.analytics.cost.inserts import simulated_inserts
from ninelives.cli.quality import ON_CLOUD

# A property names a number of its own only where one example costs much more or less than usual.
settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

COLLECTED_AFTER = 20_000
"""New objects between two rounds of the garbage collector, whose default of 700 is for smaller processes."""


def pytest_collection_modifyitems(items):
    """Tests that take longest begin first, so that no worker is left alone with it in the end."""
    for item in items:
        if item.get_closest_marker("cloud") and not item.nodeid.startswith((*ON_CLOUD, "tests/bench")):
            raise pytest.UsageError(f"{item.nodeid} needs the local cloud: it belongs to {' or '.join(ON_CLOUD)}")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    gc.freeze()  # thousands of tests and all that they import stay: the collector need not look through them again
    gc.set_threshold(COLLECTED_AFTER)


def pytest_unconfigure():
    gc.unfreeze()  # at the end all is let go, or extension modules tell of leaks


@pytest.fixture(autouse=True, scope="session")
def _dynamodb_answers_one_request_at_a_time():
    """DynamoDB's transactions are atomic beside other writers. Moto's are not: a cancelled one restores the whole table
    as it was before, and with it undoes what another thread has written in between."""
    answer, turn = DynamoHandler.call_action, RLock()

    def one_at_a_time(self):
        with turn:
            return answer(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DynamoHandler, "call_action", one_at_a_time)
        yield


@pytest.fixture(autouse=True, scope="session")
def _dynamodb_takes_inserts():
    with simulated_inserts():
        yield


@pytest.fixture(autouse=True, scope="session")
def _descriptions_of_aws_are_read_once():
    """Every `mock_aws` begins with a new session, and every session reads boto's descriptions of services and endpoints
    anew: a fifth of a second for each test. So it does with the names of events, a hundred for each session and client.
    What moto puts before `requests`, which nothing here uses, is left out."""
    create, read = botocore.session.create_loader, {}
    alias, known = EventAliaser._alias_event_name, {}

    def with_what_was_read(search_path=None):
        loader = create(search_path)
        loader._cache = read
        return loader

    def with_names_that_are_known(self, name):
        if name not in known:
            known[name] = alias(self, name)
        return known[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", with_what_was_read)
        patch.setattr(EventAliaser, "_alias_event_name", with_names_that_are_known)
        patch.setattr(models, "RESPONSES_METHODS", ())
        yield
