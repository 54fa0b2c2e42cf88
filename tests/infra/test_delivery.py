"""Every service is delivered by itself, by its owners, and without a stored key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.order import STACKS

REPOSITORY = Path(__file__).resolve().parents[2]
WORKFLOWS = REPOSITORY / ".github" / "workflows"
SERVICES = list(STACKS)
WITHOUT_CODE = {"platform", "operations", "web"}


def _workflow(name: str) -> dict[str, Any]:
    content = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text())
    content["on"] = content.pop(True)  # YAML 1.1 reads `on` as a boolean
    return content


@pytest.mark.parametrize("service", SERVICES)
def test_a_change_of_a_service_deploys_that_service(service: str) -> None:
    workflow = _workflow(f"deploy-{service}")
    paths = workflow["on"]["push"]["paths"]
    [job] = workflow["jobs"].values()

    assert job["with"] == {"service": service}
    assert f"infra/stacks/{service}.py" in paths
    assert service in WITHOUT_CODE or {f"services/{service}/**", "contracts/**", "stagekit/**"} <= set(paths)
    assert not [path for path in paths if path.startswith("services/") and service not in path]


@pytest.mark.parametrize("service", SERVICES)
def test_the_paths_of_a_deployment_exist(service: str) -> None:
    for path in _workflow(f"deploy-{service}")["on"]["push"]["paths"]:
        assert (REPOSITORY / path.removesuffix("/**")).exists(), path


def test_deployments_assume_a_role_and_hold_no_key() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        assert "secrets." not in path.read_text(), path.name
    deploys = _workflow("deploy-service")
    steps = deploys["jobs"]["deploy"]["steps"]

    assert deploys["permissions"] == {"contents": "read", "id-token": "write"}
    assert any("role-to-assume" in step.get("with", {}) for step in steps)


def test_nothing_is_deployed_before_its_tests_have_passed() -> None:
    commands = [step.get("run", "") for step in _workflow("deploy-service")["jobs"]["deploy"]["steps"]]

    assert commands.index("make test") < next(n for n, text in enumerate(commands) if "ninelives deploy" in text)


def test_every_pull_request_runs_the_tests_on_both_pythons() -> None:
    workflow = _workflow("ci")
    job = workflow["jobs"]["test"]

    assert "pull_request" in workflow["on"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.13"]
    assert "make test" in [step.get("run") for step in job["steps"]]


@pytest.mark.parametrize("service", [service for service in SERVICES if service != "platform"])
def test_every_service_has_an_owner(service: str) -> None:
    lines = (REPOSITORY / "CODEOWNERS").read_text().splitlines()
    owned = {line.split()[0] for line in lines if line and not line.startswith("#")}

    assert f"/infra/stacks/{service}.py" in owned
    assert service in WITHOUT_CODE or f"/services/{service}/" in owned
