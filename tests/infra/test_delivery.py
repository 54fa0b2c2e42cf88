"""Changes are delivered by themselves, in order, after their tests, and without a stored key."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.assets.contents import REPOSITORY, SERVICES
from infra.changed import changed_since, find_reached
from infra.order import PLATFORM, STACKS, stages

WORKFLOWS = REPOSITORY / ".github" / "workflows"
STAGES = [f"stage-{number}" for number in range(1, len(stages()) + 1)]


def _workflow(name: str) -> dict[str, Any]:
    content: dict[Any, Any] = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text())
    content["on"] = content.pop(True)  # YAML 1.1 reads `on` as a boolean
    return content


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    _commit(tmp_path, "README.md")
    return tmp_path


def _commit(repository: Path, *files: str) -> str:
    """Change these files, or remove those that begin with `-`; returns the commit."""
    for name in files:
        file = repository / name.removeprefix("-")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink() if name.startswith("-") else file.open("a").write("meow\n")
    _git(repository, "add", "--all")
    _git(repository, "-c", "user.name=Cat", "-c", "user.email=cat@example.org", "commit", "--quiet", "-m", "Change")
    return _git(repository, "rev-parse", "HEAD")


def _git(repository: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=repository, capture_output=True, text=True, check=True)
    return done.stdout.strip()


# --- what a change deploys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_change_of_a_service_deploys_it_and_only_it(service: str) -> None:
    for path in ("pyproject.toml", "requirements.txt", "domain/rules.py", "handlers/api.py", "adapters/sub/table.py"):
        assert find_reached(f"services/{service}/{path}") == {service}, path


@pytest.mark.parametrize("path", ["contracts/state.py", "stagekit/stage.py", "infra/assets/build.py"])
def test_a_change_of_code_that_every_package_holds_deploys_every_service(path: str) -> None:
    assert find_reached(path) == set(SERVICES)


@pytest.mark.parametrize(
    "path",
    ["infra/constructs/tables.py", "infra/app.py", "infra/subscriptions.py", "infra/order.py", "requirements.txt"],
)
def test_a_change_of_code_that_every_template_comes_from_deploys_every_stack(path: str) -> None:
    assert (REPOSITORY / path).is_file()
    assert find_reached(path) == set(STACKS)


@pytest.mark.parametrize("stack", STACKS)
def test_a_change_of_a_stack_deploys_it_and_the_dashboard_that_shows_its_alarms(stack: str) -> None:
    assert find_reached(f"infra/stacks/{stack}.py") == {stack, "operations"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_new_function_is_on_the_dashboard_at_once(service: str) -> None:
    assert find_reached(f"services/{service}/handlers/purr.py", comes_or_goes=True) == {service, "operations"}


@pytest.mark.parametrize(
    ("path", "stacks"),
    [
        ("infra/workflows/turn.asl.json", {"gateway"}),
        ("web/js/main.js", {"web"}),
        ("infra/web/files.py", {"web"}),
        ("infra/environment.py", {"web"}),
        ("infra/local/up.py", set()),
        ("infra/changed.py", set()),
        ("infra/delivery/stack.py", set()),
        ("ninelives/cli/play.py", set()),
        ("tests/infra/test_delivery.py", set()),
        ("docs/turn.md", set()),
        ("services/gone/handlers/api.py", set()),
        ("infra/stacks/gone.py", {"operations"}),
    ],
)
def test_a_change_elsewhere_deploys_what_is_made_from_it(path: str, stacks: set[str]) -> None:
    assert find_reached(path) == stacks


def test_all_changes_since_the_last_deployment_count(repository: Path) -> None:
    last = _commit(repository, "services/tools/domain/dice.py", "services/lore/handlers/retrieve.py")
    _commit(repository, "services/lore/handlers/retrieve.py", "docs/my notes.md")
    _commit(repository, "web/index.html")

    assert changed_since(last, repository) == {"lore", "web"}


def test_a_removed_function_and_a_moved_file_count(repository: Path) -> None:
    last = _commit(repository, "services/lore/handlers/retrieve.py", "services/dm/domain/words.py")
    _commit(repository, "-services/lore/handlers/retrieve.py", "-services/dm/domain/words.py", "stories/words.py")

    assert changed_since(last, repository) == {"lore", "dm", "operations"}


def test_nothing_new_deploys_nothing(repository: Path) -> None:
    assert changed_since(_git(repository, "rev-parse", "HEAD"), repository) == set()


@pytest.mark.parametrize("commit", ["", "0" * 40, "no-such-commit"])
def test_without_a_known_last_deployment_everything_is_deployed(repository: Path, commit: str) -> None:
    assert changed_since(commit, repository) == set(STACKS)


def test_a_last_deployment_that_is_no_longer_in_the_history_deploys_everything(repository: Path) -> None:
    dropped = _commit(repository, "web/index.html")
    _git(repository, "reset", "--quiet", "--hard", "HEAD~1")

    assert changed_since(dropped, repository) == set(STACKS)


def test_a_workflow_asks_with_nothing_installed_and_gets_its_stages() -> None:
    asked = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import sys; sys.path.insert(0, '.'); import infra.changed as c; c.main()",
    ]
    said = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    lines = [line.partition("=") for line in said.splitlines()]

    assert [name for name, _, _ in lines] == [*STAGES, "packages"]
    assert [tuple(yaml.safe_load(value)) for _, _, value in lines] == [*stages(), SERVICES]


# --- how it is deployed -------------------------------------------------------------------------------------------


def test_one_workflow_deploys_what_is_pushed_to_main_one_run_at_a_time() -> None:
    workflow = _workflow("deploy")

    assert workflow["on"] == {"push": {"branches": ["main"]}}
    assert workflow["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    assert sorted(path.stem for path in WORKFLOWS.iterdir()) == ["attest", "ci", "deploy", "deploy-service"]


def test_stages_are_deployed_in_their_order_each_for_what_changed() -> None:
    jobs = _workflow("deploy")["jobs"]

    assert [name for name in jobs if name.startswith("stage-")] == STAGES
    assert stages()[0] == (PLATFORM,)
    assert set(jobs["changed"]["outputs"]) == {*STAGES, "packages"}
    for number, name in enumerate(STAGES):
        output = f"needs.changed.outputs.{name}"
        assert jobs["changed"]["outputs"][name] == f"${{{{ steps.changed.outputs.{name} }}}}"
        assert jobs[name]["needs"] == ["ci", "changed", *STAGES[:number]]
        assert jobs[name]["strategy"]["matrix"] == {"service": f"${{{{ fromJSON({output}) }}}}"}
        assert f"{output} != '[]'" in jobs[name]["if"]
        assert jobs[name]["with"] == {"service": "${{ matrix.service }}"}
        assert jobs[name]["uses"] == "./.github/workflows/deploy-service.yml"


def test_nothing_is_deployed_unless_its_commit_has_passed_the_tests() -> None:
    jobs = _workflow("deploy")["jobs"]
    commands = [step.get("run", "") for step in _workflow("deploy-service")["jobs"]["deploy"]["steps"]]

    assert jobs["ci"] == {"uses": "./.github/workflows/ci.yml"}
    for name in STAGES:
        condition = jobs[name]["if"]
        assert all(part in condition for part in ("!failure()", "!cancelled()", "needs.ci.result == 'success'")), name
        assert "||" not in condition
    assert commands.index("make ready") < next(n for n, text in enumerate(commands) if "ninelives deploy" in text)
    assert "make test" not in commands


def test_a_deployment_has_the_model_that_the_repository_names() -> None:
    """A deployment carries the settings it is given and no others: without them its model would be gone."""
    settings = set(
        re.findall(
            r'"(NINELIVES_(?:CONTENT\w*|DM\w*|KNOWLEDGE_BASE|STORY_KEY))"',
            (REPOSITORY / "infra" / "local" / "settings.py").read_text(),
        )
    )
    [deploys] = [
        each for each in _workflow("deploy-service")["jobs"]["deploy"]["steps"] if "deploy" in each.get("run", "")
    ]

    assert {"NINELIVES_DM_MODEL", "NINELIVES_KNOWLEDGE_BASE"} <= settings
    assert deploys["env"] == {name: f"${{{{ vars.{name} }}}}" for name in settings}


def test_deployments_assume_a_role_and_hold_no_key() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        assert "secrets." not in path.read_text(), path.name
    deploys = _workflow("deploy-service")
    job = deploys["jobs"]["deploy"]

    assert any("role-to-assume" in step.get("with", {}) for step in job["steps"])
    assert job["environment"] == "production"
    assert deploys["concurrency"] == {"group": "deploy-${{ inputs.service }}"}


def test_what_others_wrote_runs_as_it_was_looked_at_and_not_as_a_tag_says_today() -> None:
    used = [line for path in WORKFLOWS.glob("*.yml") for line in path.read_text().splitlines() if "uses: " in line]
    of_others = [line.split("uses: ")[1] for line in used if "uses: ./" not in line]

    assert [each for each in of_others if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert len(of_others) > 5


def test_what_is_deployed_is_attested_with_its_bill_of_materials() -> None:
    asks, [job] = _workflow("deploy")["jobs"]["attest"], _workflow("attest")["jobs"].values()
    steps = [(step.get("uses", step.get("run", "")).partition("@")[0], step.get("with")) for step in job["steps"]]
    done = dict(steps)
    order = [name for name, _ in steps]
    package, listed = (f"release/${{{{ matrix.service }}}}.{kind}" for kind in ("zip", "cdx.json"))

    assert asks["needs"] == ["ci", "changed"]
    assert asks["with"] == {"services": "${{ needs.changed.outputs.packages }}"}
    assert job["strategy"]["matrix"] == {"service": "${{ fromJSON(inputs.services) }}"}
    assert done["actions/attest-build-provenance"] == {"subject-path": "release/*"}
    assert done["actions/attest-sbom"] == {"subject-path": package, "sbom-path": listed}
    built = next(n for n, name in enumerate(order) if "infra.assets ${{ matrix.service }} --target aws" in name)
    billed = next(n for n, name in enumerate(order) if "ninelives sbom ${{ matrix.service }}" in name)
    assert max(built, billed) < order.index("actions/attest-build-provenance") < order.index("actions/attest-sbom")


def test_the_interpreter_that_compiles_is_the_same_where_a_package_is_attested_and_where_it_is_deployed() -> None:
    setups = [
        next(step for step in job["steps"] if step.get("uses", "").startswith("actions/setup-python"))
        for name in ("attest", "deploy-service")
        for job in _workflow(name)["jobs"].values()
    ]

    assert len(setups) == 2 and setups[0] == setups[1]


def test_no_checkout_leaves_a_token_to_what_runs_after_it() -> None:
    steps = [
        step
        for path in WORKFLOWS.glob("*.yml")
        for job in _workflow(path.stem)["jobs"].values()
        for step in job.get("steps", ())
        if step.get("uses", "").startswith("actions/checkout@")
    ]

    assert steps
    assert all(step["with"]["persist-credentials"] is False for step in steps)


def test_where_the_deployment_token_is_no_action_of_a_stranger_runs() -> None:
    """Actions of GitHub come with the runner, that of AWS takes the role. All are pinned by commit."""
    used = {
        step["uses"].partition("@")[0]
        for step in _workflow("deploy-service")["jobs"]["deploy"]["steps"]
        if "uses" in step
    }

    assert used == {"actions/checkout", "actions/setup-python", "aws-actions/configure-aws-credentials"}


def test_no_job_may_do_more_than_it_does() -> None:
    attests = {"contents": "read", "id-token": "write", "attestations": "write"}
    allowed = {"changed": {"contents": "read", "actions": "read"}, "attest": attests} | {
        name: {"contents": "read", "id-token": "write"} for name in STAGES
    }

    assert _workflow("attest")["permissions"] == {"contents": "read"}
    assert _workflow("attest")["jobs"]["attest"]["permissions"] == attests
    assert {_workflow(name)["permissions"].get("contents") for name in ("ci", "deploy", "deploy-service")} == {"read"}
    assert _workflow("ci")["permissions"] == _workflow("deploy")["permissions"] == {"contents": "read"}
    assert _workflow("deploy-service")["permissions"] == {"contents": "read", "id-token": "write"}
    for name, job in _workflow("deploy")["jobs"].items():
        assert job.get("permissions") == allowed.get(name), name


def test_every_pull_request_runs_the_tests_on_both_pythons() -> None:
    workflow = _workflow("ci")
    job = workflow["jobs"]["test"]
    runs = {each["python"]: each["run"] for each in job["strategy"]["matrix"]["include"]}

    assert set(workflow["on"]) == {"pull_request", "workflow_call"}
    assert runs["3.11"] == "make test"
    assert '-m "not cloud"' in runs["3.13"]
    assert len(runs) == 2
    assert "${{ matrix.run }}" in [step.get("run") for step in job["steps"]]
