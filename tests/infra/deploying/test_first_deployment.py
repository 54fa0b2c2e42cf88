"""`ninelives deploy` with the CDK's own command line and the stacks of production, in an account that has nothing yet.

The account is an emulator behind every AWS API, with the hooks of the local cloud: nothing is left out of the stacks.
What it cannot show is in docs/aws-only.md.
"""

from __future__ import annotations

import configparser
import json
from hashlib import sha256
from pathlib import Path

import pytest

from infra.delivery.stack import GITHUB
from infra.local.home import ACCOUNT, REGION
from infra.order import STACKS
from tests.infra.deploying.account import KEYS, EmptyAccount
from tests.support.size import SOAKING

pytestmark = pytest.mark.slow
soak = pytest.mark.skipif(not SOAKING, reason="in full size only")


def test_everything_is_created_and_the_game_is_published(account: EmptyAccount) -> None:
    done = account.ninelives("deploy", "--yes")

    assert done.status == 0, done.said
    assert account.stacks() == dict.fromkeys(STACKS, "CREATE_COMPLETE")
    assert "11 stacks to create" in done.said
    assert "At rest they cost $" in done.said
    assert "The web game is at https://" in done.said
    [bucket] = [each["Name"] for each in account.client("s3").list_buckets()["Buckets"] if "web" in each["Name"]]
    page = account.client("s3").get_object(Bucket=bucket, Key="index.html")["Body"].read()
    assert b"Nine Lives" in page
    answered = account.ninelives("dlq", "list", "--environment", "prod")
    assert answered.status == 0, answered.said


@pytest.mark.parametrize(
    ("shell", "says"), [({}, "set AWS_REGION"), ({"AWS_REGION": REGION}, "set AWS_PROFILE")], ids=["nothing", "region"]
)
def test_whoever_has_nothing_is_told_in_one_line_what_to_set(
    account: EmptyAccount, shell: dict[str, str], says: str
) -> None:
    told = account.ninelives("deploy", "--yes", shell=shell)

    assert told.status == 1
    [line] = told.said.strip().splitlines()
    assert says in line
    assert account.stacks() == {}


def test_a_creation_that_failed_is_repeated_and_whoever_sits_at_the_terminal_is_asked(account: EmptyAccount) -> None:
    broken = _fails_at_the_end(account.copy("broken"), "platform")
    wider = _may_also_be_published_to(account.copy("wider"), "events.amazonaws.com")

    profile = {"AWS_PROFILE": "cat", "AWS_CONFIG_FILE": str(_profile(account.scratch / "config"))}
    failed = account.ninelives("deploy", "platform", "--yes", made=broken, shell=profile)  # with its own region
    assert failed.status == 1
    assert f"account {ACCOUNT}, {REGION}" in failed.said
    assert "already exists" in failed.said
    assert account.stacks() == {"platform": "ROLLBACK_COMPLETE"}

    declined = account.ninelives_answered("n", "deploy", "platform")
    assert (declined.status, declined.said.count("[y/N]")) == (1, 1)
    assert "Nothing was created." in declined.said

    agreed = account.ninelives_answered("y", "deploy", "platform")
    assert (agreed.status, agreed.said.count("[y/N]")) == (0, 1), agreed.said
    assert account.stacks() == {"platform": "CREATE_COMPLETE"}

    declined = account.ninelives_answered("n", "deploy", "platform", made=wider)
    assert declined.status == 1
    assert "Deployment cancelled" in declined.said
    assert account.stacks() == {"platform": "CREATE_COMPLETE"}

    agreed = account.ninelives_answered("y", "deploy", "platform", made=wider)
    assert agreed.status == 0, agreed.said
    assert account.stacks() == {"platform": "UPDATE_COMPLETE"}


@soak
def test_packages_and_stacks_are_made_on_the_way_with_every_rule_of_nag_answered(account: EmptyAccount) -> None:
    done = account.ninelives_whole("deploy", "--yes", "--context", "alarm_email=ops@example.org")

    assert done.status == 0, done.said
    assert "Built 8 packages" in done.said
    assert account.stacks() == dict.fromkeys(STACKS, "CREATE_COMPLETE")
    [mailed] = account.client("sns").list_subscriptions()["Subscriptions"]
    assert mailed["Endpoint"] == "ops@example.org"


@soak
def test_a_new_stack_that_is_declined_leaves_nothing_in_the_way(account: EmptyAccount) -> None:
    assert account.ninelives("deploy", "platform", "--yes").status == 0

    declined = account.ninelives_answered("n", "deploy", "platform", "lore")
    assert declined.status == 1
    assert "ninelives-prod-lore was announced and not begun" in declined.said
    assert account.stacks() == {"platform": "CREATE_COMPLETE"}


@soak
def test_the_pipelines_role_is_made_and_made_again(account: EmptyAccount) -> None:
    """In an account that trusts GitHub already: the emulator knows no AWS::IAM::OIDCProvider."""
    account.client("iam").create_open_id_connect_provider(Url=f"https://{GITHUB}", ClientIDList=["sts.amazonaws.com"])

    for _ in range(2):
        done = account.ninelives("deploy", "--trust", "cats/nine-lives", "--yes")
        assert done.status == 0, done.said
        assert f"AWS_DEPLOY_ROLE --repo cats/nine-lives --body arn:aws:iam::{ACCOUNT}:role/" in done.said
    assert account.stacks() == {"prod": "CREATE_COMPLETE"}


@soak
@pytest.mark.parametrize("service", STACKS)
def test_each_stack_that_fails_at_its_end_can_be_repeated(account: EmptyAccount, service: str) -> None:
    broken = _fails_at_the_end(account.copy(service), service)

    assert account.ninelives("deploy", "--yes", made=broken).status == 1
    assert account.stacks()[service] == "ROLLBACK_COMPLETE"
    again = account.ninelives("deploy", "--yes")

    assert again.status == 0, again.said
    assert account.stacks() == dict.fromkeys(STACKS, "CREATE_COMPLETE")


def _change(assembly: Path, service: str, **resources: object) -> Path:
    """More resources in a template, which is an asset like any other: kept under the hash of its content."""
    file = assembly / f"ninelives-prod-{service}.template.json"
    before = sha256(file.read_bytes()).hexdigest()
    template = json.loads(file.read_text())
    template["Resources"] |= resources
    file.write_text(json.dumps(template))
    after = sha256(file.read_bytes()).hexdigest()
    for name in ("manifest.json", f"ninelives-prod-{service}.assets.json"):
        said = (assembly / name).read_text()
        assert before in said
        (assembly / name).write_text(said.replace(before, after))
    return assembly


def _fails_at_the_end(assembly: Path, service: str) -> Path:
    """A bus whose name is taken, when all else of the stack is there."""
    template = json.loads((assembly / f"ninelives-prod-{service}.template.json").read_text())
    second = {"Type": "AWS::Events::EventBus", "Properties": {"Name": "ninelives-prod"}}
    return _change(assembly, service, Second={**second, "DependsOn": list(template["Resources"])})


def _may_also_be_published_to(assembly: Path, service: str) -> Path:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sns:Publish",
        "Resource": {"Ref": "AlarmTopicD01E77F9"},
    }
    policy = {"Topics": [{"Ref": "AlarmTopicD01E77F9"}], "PolicyDocument": {"Statement": [statement]}}
    return _change(assembly, "platform", More={"Type": "AWS::SNS::TopicPolicy", "Properties": policy})


def _profile(file: Path) -> Path:
    written = configparser.ConfigParser()
    keys = {name.lower(): value for name, value in KEYS.items()}
    written["profile cat"] = {**keys, "region": REGION}
    with file.open("w") as opened:
        written.write(opened)
    return file
