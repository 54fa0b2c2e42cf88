"""From nothing to a player API that answers, and back, on an app with the seams of the real one."""

import json
import os
import signal
import socket
import stat
import urllib.error
import urllib.request
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from infra.errors import UserError
from infra.local import emulator, process, stack_file
from infra.local.assembly import Asset, Stack
from infra.local.aws import Aws
from infra.local.deploy import StackDeployer
from infra.local.home import Home
from infra.local.players import token
from infra.local.settings import DungeonMaster
from infra.local.up import StepNote, down, up

pytestmark = pytest.mark.slow

TINY = (str(Path(__file__).with_name("kept_app.py")),)
MUST_NOT_RUN = ("-c", "raise SystemExit('synthesis ran')")
UNDERSTUDY = DungeonMaster()


class Steps(list):
    """The steps of an `up`, in order, as a player would read them."""

    @contextmanager
    def __call__(self, name):
        note = StepNote()
        yield note
        self.append(note.text or name)


def get(stack, path, jwt=None):
    headers = {"Authorization": f"Bearer {jwt}"} if jwt else {}
    request = urllib.request.Request(stack["api_url"] + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def home(tmp_path_factory, unused_port):
    home = Home(tmp_path_factory.mktemp("player") / "home", unused_port())
    yield home
    down(home)


@pytest.fixture
def deployed(home):
    """The content of stack.json; the first use deploys, later ones find it done."""
    return up(home, UNDERSTUDY, Steps(), TINY)


def test_up_returns_what_is_deployed_and_where_it_answers(home, deployed):
    assert get(deployed, "/v1/health")["dm"] == "understudy"
    assert deployed == json.loads(home.stack_file.read_text())
    assert (deployed["region"], deployed["endpoint_url"]) == ("us-east-1", home.endpoint)
    assert deployed["ws_url"] is None
    aws = Aws(home)
    aws.client("dynamodb").describe_table(TableName=deployed["tables"]["gateway/turns"])
    aws.client("sqs").get_queue_attributes(QueueUrl=deployed["queues"]["gateway/deadline"])
    aws.client("events").describe_event_bus(Name=deployed["event_bus"])
    aws.client("events").describe_archive(ArchiveName=deployed["archive"])


def test_a_second_up_with_nothing_changed_does_not_even_synthesise(home, deployed):
    steps = Steps()

    assert up(home, UNDERSTUDY, steps, MUST_NOT_RUN) == deployed
    assert steps == ["Nothing changed: the deployed stacks answer", "Functions are warm"]


def test_another_dungeon_master_is_deployed_over_the_first(home, deployed):
    changed = up(home, DungeonMaster(provider="openai", model="local"), Steps(), TINY)

    assert get(changed, "/v1/health")["dm"] == "openai"
    assert changed["user_pool_id"] == deployed["user_pool_id"]


def test_a_players_token_opens_what_is_closed_without_one(home, deployed):
    tom = get(deployed, "/v1/me", token(home, deployed, "tom"))

    assert get(deployed, "/v1/me") == 401
    assert get(deployed, "/v1/me", token(home, deployed, "tom")) == tom
    assert get(deployed, "/v1/me", token(home, deployed, "kitty"))["sub"] != tom["sub"]


def test_passwords_of_players_are_readable_by_their_owner_only(home, deployed):
    token(home, deployed, "tom")

    assert stat.S_IMODE(home.players_file.stat().st_mode) == 0o600


def test_a_name_that_could_not_be_a_file_or_a_mail_is_refused(home, deployed):
    with pytest.raises(UserError, match="cannot be a player's name"):
        token(home, deployed, "../tom")


def test_everything_is_still_there_after_down_and_up(home, deployed):
    tom = get(deployed, "/v1/me", token(home, deployed, "tom"))
    assert down(home)
    assert emulator.running(home) is None
    again = up(home, UNDERSTUDY, Steps(), MUST_NOT_RUN)

    assert again == deployed
    assert get(again, "/v1/me", token(home, again, "tom")) == tom


def test_down_twice_is_down_once(tmp_path, unused_port):
    assert not down(Home(tmp_path, unused_port()))


def test_a_cloud_that_was_killed_comes_up_with_what_was_deployed(home, deployed):
    os.kill(emulator.running(home).pid, signal.SIGKILL)
    steps = Steps()

    assert up(home, UNDERSTUDY, steps, MUST_NOT_RUN) == deployed
    assert steps[0].startswith("Local cloud started")


def test_a_saved_state_without_its_tables_is_not_taken_for_nothing_changed(home, deployed, monkeypatch):
    monkeypatch.setattr(stack_file, "describe", lambda *_: {**deployed, "tables": {"gateway/turns": "gone"}})

    with pytest.raises(UserError, match=r"has lost tables: gone\. .*mv .*state .*state\.damaged"):
        up(home, UNDERSTUDY, Steps(), TINY)


def test_a_process_id_that_somebody_else_has_now_is_left_alone(tmp_path, unused_port):
    home = Home(tmp_path, unused_port())
    process.remember(home, process.Process(os.getpid(), home.port, "no such token", "code"))

    assert not down(home)
    assert not home.process_file.exists()


def test_a_cloud_that_hangs_is_reported_and_down_ends_it(tmp_path, unused_port):
    home = Home(tmp_path, unused_port())
    hung = emulator.start(home)
    os.kill(hung.pid, signal.SIGSTOP)

    with pytest.raises(UserError, match=r"does not answer: run `make down`, then again"):
        up(home, UNDERSTUDY, Steps(), MUST_NOT_RUN)
    assert down(home)
    assert not process.is_ours(hung)


def test_a_port_in_use_is_reported_and_nothing_is_started(tmp_path, unused_port):
    home = Home(tmp_path, unused_port())
    with socket.socket() as other:
        other.bind(("127.0.0.1", home.port))
        other.listen()
        with pytest.raises(UserError, match=f"Port {home.port} is in use.*NINELIVES_PORT={home.port + 1}"):
            up(home, UNDERSTUDY, Steps(), MUST_NOT_RUN)

    assert emulator.running(home) is None


def test_a_cloud_that_runs_on_another_port_is_reported(home, deployed):
    with pytest.raises(UserError, match=f"runs on port {home.port}, not .*make down"):
        up(Home(home.path, home.port + 1), UNDERSTUDY, Steps(), MUST_NOT_RUN)


def test_two_ups_at_once_are_one(home, deployed):
    @contextmanager
    def meanwhile(name):
        with pytest.raises(UserError, match="Another `up` is at work"):
            up(home, UNDERSTUDY, Steps(), MUST_NOT_RUN)
        yield StepNote()

    up(home, UNDERSTUDY, meanwhile, MUST_NOT_RUN)


def test_a_directory_that_cannot_be_written_is_reported(tmp_path, unused_port):
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError, match=r"Cannot write to .*NINELIVES_HOME"):
        up(Home(tmp_path / "file" / "home", unused_port()), UNDERSTUDY, Steps(), MUST_NOT_RUN)


def test_an_app_that_does_not_synthesise_is_reported_and_nothing_stays_behind(tmp_path, unused_port):
    home = Home(tmp_path, unused_port())

    with pytest.raises(UserError, match="Synthesis failed: ValueError: no such pack"):
        up(home, UNDERSTUDY, Steps(), ("-c", "raise ValueError('no such pack')"))
    assert emulator.running(home) is None
    assert not emulator.port_is_taken(home.port)


def write_assembly(home, *names):
    """A cloud assembly of stacks with one queue each, where the app would have written it."""
    home.assembly.mkdir(parents=True, exist_ok=True)
    artifacts = {}
    for name in names:
        template = home.assembly / f"{name}.template.json"
        template.write_text(json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}))
        destinations = {"here": {"bucketName": "templates", "objectKey": template.name}}
        source = {"path": template.name, "packaging": "file"}
        assets = {"files": {"template": {"source": source, "destinations": destinations}}}
        (home.assembly / f"{name}.assets.json").write_text(json.dumps(assets))
        artifacts[name] = {"type": "aws:cloudformation:stack", "properties": {"templateFile": template.name}}
    (home.assembly / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return ("-c", "")


def test_a_stack_that_the_app_no_longer_has_is_deleted(cloud):
    for names in (("stays", "goes"), ("stays",)):
        with pytest.raises(UserError, match="published no API"):
            up(cloud.home, DungeonMaster(model=str(names)), Steps(), write_assembly(cloud.home, *names))

    stacks = cloud.client("cloudformation").list_stacks(StackStatusFilter=["CREATE_COMPLETE"])["StackSummaries"]
    assert {"stays", "goes"} & {stack["StackName"] for stack in stacks} == {"stays"}


def test_a_cloud_that_was_up_stays_up_when_a_new_deployment_fails(home, deployed):
    with pytest.raises(UserError, match="Synthesis failed"):
        up(home, DungeonMaster(provider="bedrock"), Steps(), MUST_NOT_RUN)

    assert emulator.answers(home, emulator.running(home))


@pytest.fixture
def deployment(cloud):
    return StackDeployer(cloud.aws)


@pytest.fixture
def stack(cloud, tmp_path):
    """Makes a stack of one queue, or of the resources given."""

    def make(name=None, after=(), **resources):
        name = name or cloud.name("stack")
        source = tmp_path / f"{name}.json"
        source.write_text(json.dumps({"Resources": resources or {"Queue": {"Type": "AWS::SQS::Queue"}}}))
        template = Asset(source, False, "templates", sha256(source.read_bytes()).hexdigest())
        return Stack(name, template, frozenset(after), (template,))

    return make


BROKEN = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmName": "without a metric"}}


def test_a_stack_waits_for_the_ones_it_depends_on(deployment, stack):
    first = stack()
    second = stack(after=[first.name])
    done = []
    deployment.deploy([second, first], lambda name, result, seconds: done.append((name, result)))

    assert done == [(first.name, "created"), (second.name, "created")]


def test_a_stack_that_is_as_it_should_be_is_left_unchanged(deployment, stack):
    done, only = [], stack()
    for _ in range(2):
        deployment.deploy([only], lambda name, result, seconds: done.append(result))

    assert done == ["created", "unchanged"]


def test_a_stack_that_fails_names_the_resource_and_the_reason(deployment, stack):
    with pytest.raises(UserError, match=r"Broken \(AWS::CloudWatch::Alarm\): MetricName"):
        deployment.deploy([stack(Broken=BROKEN)])


def test_a_stack_whose_creation_failed_can_be_deployed_once_it_is_mended(cloud, deployment, stack):
    broken = stack(Broken=BROKEN)
    with pytest.raises(UserError):
        deployment.deploy([broken])
    deployment.deploy([stack(broken.name)])

    assert cloud.stack_status(broken.name) == "CREATE_COMPLETE"


def test_a_template_with_an_unknown_resource_type_is_refused_by_name(deployment, stack):
    with pytest.raises(UserError, match="AWS::No::Such"):
        deployment.deploy([stack(Strange={"Type": "AWS::No::Such"})])


def test_stacks_that_wait_for_each_other_are_refused(deployment, stack):
    with pytest.raises(UserError, match="wait for each other"):
        deployment.deploy([stack("hen", after=["egg"]), stack("egg", after=["hen"])])


def test_a_template_may_be_longer_than_a_request_takes(cloud, deployment, stack):
    padded = {"Type": "AWS::SQS::Queue", "Metadata": {"padding": "meow " * 20_000}}
    long = stack(Queue=padded)
    deployment.deploy([long])

    assert cloud.stack_status(long.name) == "CREATE_COMPLETE"


def test_a_failure_is_told_in_a_line_of_reasonable_length(deployment, stack):
    with pytest.raises(UserError) as failure:
        deployment.deploy([stack(Strange={"Type": "AWS::No::" + "Such" * 500})])

    assert len(str(failure.value)) < 600
    assert len(str(failure.value).splitlines()) == 1
