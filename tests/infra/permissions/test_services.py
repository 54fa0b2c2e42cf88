"""Services of AWS reach what they are pointed at, and nothing lets in a service that never comes."""

from __future__ import annotations

import copy

import pytest

from infra.permissions.services import Admissions
from tests.infra.templates import Cloud


@pytest.fixture(scope="module")
def admissions(aws: Cloud) -> Admissions:
    return Admissions(aws.templates)


def test_every_rule_route_and_alarm_reaches_its_target(admissions: Admissions) -> None:
    visits = admissions.visits()

    assert {each.service.partition(".")[0] for each in visits} == {"events", "apigateway", "cloudwatch"}
    assert not sorted(str(each) for each in visits if not admissions.admits(each))


def test_nothing_lets_in_a_service_that_never_comes(admissions: Admissions) -> None:
    assert not admissions.list_unvisited()


def test_a_policy_is_for_one_source_and_one_action(admissions: Admissions) -> None:
    for visit in admissions.visits():
        if not visit.service.startswith("cloudwatch"):  # which may tell any alarm of the account
            assert not admissions.admits(visit._replace(source=f"{visit.source}-of-somebody-else")), visit
        assert not admissions.admits(visit._replace(action="any:Thing")), visit
        assert not admissions.admits(visit._replace(service="s3.amazonaws.com")), visit


def test_a_policy_that_is_taken_away_is_missed(aws: Cloud, admissions: Admissions) -> None:
    templates = copy.deepcopy(aws.templates)
    resources = templates["audit"]["Resources"]
    gone = [name for name, body in resources.items() if body["Type"] == "AWS::SQS::QueuePolicy"]
    for name in gone:
        del resources[name]

    without = Admissions(templates)

    missed = {each for each in without.visits() if not without.admits(each)}
    assert {each.resource for each in missed} == {
        "arn:aws:sqs:::{audit/queue/events}",
        "arn:aws:sqs:::{audit/queue/events-dead-letters}",
    }
