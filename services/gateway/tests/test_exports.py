"""A player gets everything that the API can tell about them, as one archive: their own, one at a time, for a day."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from contracts.campaign import (
    CampaignListed,
    CampaignSummary,
    CampaignViewed,
    DiceListed,
    ListCampaigns,
    ListDice,
    ViewCampaign,
)
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.domain.exports import GIVEN_UP, KEPT, ExportJob
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.rejections import ResourceMissing
from services.gateway.domain.sockets import TicketHolder
from services.gateway.tests import builders
from services.gateway.tests.doubles import Stages
from services.gateway.tests.exporting import Worker, begin, show
from services.gateway.tests.player_client import JSON, TABLE, PlayerClient
from services.gateway.tests.test_erasing import go_on


class Listed(Stages):
    """Lists the campaigns there are, one to a page; their dice fill one page."""

    def list_dice(self, request: ListDice) -> DiceListed:
        return super().list_dice(request).model_copy(update={"next_after": None})

    def list_campaigns(self, request: ListCampaigns) -> CampaignListed:
        if self.breaks:
            raise self.breaks
        mine = [id for id, made in self.campaigns.items() if made.owner == request.owner]
        place = int(request.cursor or 0)
        following = str(place + 1) if place + 1 < len(mine) else None
        return CampaignListed(items=tuple(map(summary, mine[place : place + 1])), next_cursor=following)


def summary(campaign: str) -> CampaignSummary:
    return CampaignSummary(
        campaign_id=campaign, name="Ash", class_name="Prowler", world="nekopolis", status="active", turn=1, level=1,
        lives=9, place=builders.ALLEY, started_at=builders.NOW, updated_at=builders.NOW,
    )  # fmt: skip


@pytest.fixture
def worker(game: PlayerClient) -> Worker:
    game.stages = Listed()
    game.cognito.add_known("guest-ada", "ada", "token-of-ada")
    return Worker(game)


def play(game: PlayerClient, action: str = "I purr", **who: str) -> dict[str, Any]:
    """A turn that was told, in a campaign of its own."""
    turn: dict[str, Any] = game.act(game.campaign(**who), action, **who).json
    game.resolve(game.workflow.started[-1])
    return turn


def make_archive(game: PlayerClient, worker: Worker) -> str:
    """The id of a new archive that is ready."""
    export = str(begin(game).json["export_id"])
    worker.work(game.jobs[-1])
    return export


def test_an_archive_that_is_asked_for_is_made_and_fetched_by_a_link_that_soon_expires(
    game: PlayerClient, worker: Worker
) -> None:
    asked = begin(game)
    waits = show(game, asked.json["export_id"])
    worker.work()
    ready = show(game, asked.json["export_id"])

    assert (asked.status, asked.json["state"], waits.json["state"]) == (202, "running", "running")
    assert asked.headers["Location"] == f"/v1/account/export/{asked.json['export_id']}"
    assert "link" not in waits.json
    archive = worker.archive(asked.json["export_id"])
    assert ready.json["state"] == "ready"
    assert (ready.json["bytes"], ready.json["sha256"]) == (len(archive), sha256(archive).hexdigest())
    [file] = worker.archives
    assert ready.json["link"] == f"https://archives.example/{file}"
    assert ready.json["link_expires_at"] == "2026-11-22T00:05:00Z"


def test_it_holds_who_they_are_and_what_they_typed_and_were_told_and_reported(
    game: PlayerClient, worker: Worker
) -> None:
    game.cognito.users["guest-ada"] |= {"email": "ada@example.org", "verified": True}
    turns = [play(game, "I climb"), play(game, "I hide")]
    path = f"/v1/campaigns/{turns[0]['campaign_id']}/turns/{turns[0]['id']}/reports"
    game.ask("POST", path, {"reason": "wrong"}, player="ada", headers={**JSON, "Idempotency-Key": "r"})

    export = make_archive(game, worker)

    account = worker.json(export, "account.json")
    assert (account["player_id"], account["guest"]) == ("ada", True)
    assert (account["email"], account["email_verified"]) == ("ada@example.org", True)
    assert [each["campaign_id"] for each in worker.json(export, "campaigns.json")] == [
        each["campaign_id"] for each in turns
    ]
    folder = f"campaigns/{turns[0]['campaign_id']}"
    assert worker.json(export, f"{folder}/campaign.json")["sheet"]["state"]["character"]["name"] == "Ash"
    [told] = worker.json(export, f"{folder}/turns.json")
    assert (told["action"], told["narrative"]) == ("I climb", builders.telling().narrative)
    assert [each["reason"] for each in worker.json(export, f"{folder}/reports.json")] == ["wrong"]
    [happened, *_] = worker.json(export, f"{folder}/events.json")
    assert happened["type"] == "turn-accepted"
    assert worker.json(export, f"{folder}/dice.json")[0]["commitment"]
    assert worker.json(export, f"campaigns/{turns[1]['campaign_id']}/reports.json") == []
    assert all(each["campaign_id"] for each in worker.json(export, "standings.json"))


def test_its_manifest_has_the_digest_of_every_other_file(game: PlayerClient, worker: Worker) -> None:
    play(game)

    files = worker.files(make_archive(game, worker))

    manifest = json.loads(files.pop("manifest.json"))
    listed = {each["path"]: (each["bytes"], each["sha256"]) for each in manifest["files"]}
    assert listed == {name: (len(content), sha256(content).hexdigest()) for name, content in files.items()}
    assert manifest["player_id"] == "ada"


def test_long_lists_are_read_to_their_end(game: PlayerClient, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGE", "PAGE_OF_TURNS"):
        monkeypatch.setattr(f"services.gateway.application.exports.contents.{name}", 1)
    turns = [play(game)["id"]]
    [campaign] = game.stages.campaigns
    for _ in range(2):
        turns.append(game.act(campaign).json["id"])
        game.resolve(game.workflow.started[-1])

    export = make_archive(game, worker)

    told = worker.json(export, f"campaigns/{campaign}/turns.json")
    assert [each["id"] for each in told] == turns[::-1]
    happened = worker.json(export, f"campaigns/{campaign}/events.json")
    assert [each["sequence"] for each in happened] == list(range(1, len(happened) + 1))


def test_nothing_of_anybody_else_is_in_it(game: PlayerClient, worker: Worker) -> None:
    play(game, "I climb")
    others = play(game, "I whisper XYZZY", player="eve")["campaign_id"].encode()

    export = make_archive(game, worker)

    assert not [name for name, content in worker.files(export).items() if b"XYZZY" in content or others in content]
    assert show(game, export, player="eve").problem == "not-found"


def test_a_campaign_that_went_while_it_was_made_is_left_out(game: PlayerClient, worker: Worker) -> None:
    gone, stays = play(game)["campaign_id"], play(game)["campaign_id"]
    game.dynamodb.delete_item(TableName="gateway", Key={"pk": {"S": f"CAMPAIGN#{gone}"}, "sk": {"S": "META"}})

    files = worker.files(make_archive(game, worker))

    assert f"campaigns/{stays}/turns.json" in files
    assert not [name for name in files if name.startswith(f"campaigns/{gone}")]


def test_asking_again_while_one_is_made_gets_that_one(game: PlayerClient, worker: Worker) -> None:
    first, second = begin(game), begin(game)

    assert second.json == first.json
    assert len(game.jobs) == 1


def test_another_one_replaces_the_one_before(game: PlayerClient, worker: Worker) -> None:
    first = make_archive(game, worker)
    game.clock.pause(1)
    second = make_archive(game, worker)

    assert [file.partition(".")[0] for file in worker.archives] == [second]
    assert show(game, first).problem == "not-found"


def test_there_are_as_many_a_day_as_the_limit_says_and_the_one_that_is_made_counts_once(
    game: PlayerClient, worker: Worker
) -> None:
    game.limit(exports=RateLimit(1, 86400))
    begin(game), begin(game)
    worker.work()

    assert begin(game).problem == "rate-limited"


def test_the_same_job_again_makes_nothing_new(game: PlayerClient, worker: Worker) -> None:
    export = make_archive(game, worker)
    before = worker.archive(export)
    play(game)
    worker.work()

    assert worker.archive(export) is before


def test_what_nobody_wants_any_more_is_not_kept(
    game: PlayerClient, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = begin(game).json["export_id"]
    key = {"pk": {"S": "PLAYER#ada"}, "sk": {"S": "EXPORT"}}
    store = worker.store

    def goes_meanwhile(*stored: Any) -> None:
        store(*stored)
        game.dynamodb.delete_item(TableName="gateway", Key=key)

    monkeypatch.setattr(worker, "store", goes_meanwhile)
    worker.work()

    assert worker.archives == {}
    assert show(game, export).problem == "not-found"


def test_one_that_nobody_could_make_has_failed_after_a_while_and_another_can_be_asked_for(
    game: PlayerClient, worker: Worker
) -> None:
    lost = begin(game).json["export_id"]
    game.clock.pause(GIVEN_UP.total_seconds())

    assert show(game, lost).json["state"] == "failed"
    assert begin(game).json["export_id"] != lost


def test_one_whose_worker_could_not_be_told_has_failed_at_once(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down(list[Any]):
        def append(self, job: Any) -> None:
            raise ConnectionError

    monkeypatch.setattr(game, "jobs", Down())
    with pytest.raises(ConnectionError):
        begin(game)
    game.jobs = []
    game.clock.pause(1)

    assert begin(game).json["state"] == "running"
    assert len(game.jobs) == 1


def test_a_day_later_there_is_nothing(game: PlayerClient, worker: Worker) -> None:
    export = make_archive(game, worker)
    [kept] = game.items("EXPORT")

    game.clock.pause(KEPT.total_seconds() - 1)
    assert show(game, export).status == 200
    game.clock.pause(1)
    assert show(game, export).problem == "not-found"
    assert int(kept["expires_at"]["N"]) == int(game.clock.now().timestamp())


def test_whoever_is_connected_is_told_that_it_is_ready_without_the_link(game: PlayerClient, worker: Worker) -> None:
    for player in ("ada", "eve"):
        DynamoConnections(game.dynamodb, TABLE).open(f"socket-of-{player}", TicketHolder(player, "s"), game.clock.now())

    export = make_archive(game, worker)

    [(connection, told)] = worker.told
    assert connection == "socket-of-ada"
    assert (told.export_id, told.state, told.link) == (export, "ready", None)
    assert told.kept_until == builders.NOW + timedelta(days=1)


def test_whoever_is_erased_loses_the_archive(game: PlayerClient, worker: Worker) -> None:
    export = make_archive(game, worker)

    go_on(game, game.erase(username="guest-ada").json["erasure_id"])

    assert [each for each in game.removed if each.startswith(export)]
    assert game.items("EXPORT") == []


def test_whoever_is_erased_before_another_archive_is_made_loses_all_that_it_was_to_replace(
    game: PlayerClient, worker: Worker
) -> None:
    make_archive(game, worker)
    for _ in ("given up", "last"):
        game.clock.pause(GIVEN_UP.total_seconds())
        begin(game)
        die_when_stored(worker, game.jobs[-1])
    stored = list(worker.stored)

    go_on(game, game.erase(username="guest-ada").json["erasure_id"])

    assert len(set(stored)) == 3
    assert [game.removed.count(each) for each in stored] == [2, 2, 2]  # what comes late goes, too
    assert game.items("EXPORT") == []


def test_what_a_worker_stored_that_died_is_gone_when_its_job_is_done_again(game: PlayerClient, worker: Worker) -> None:
    begin(game)
    die_when_stored(worker, *game.jobs)
    assert worker.archives
    game.erase(username="guest-ada")

    worker.work()

    assert worker.archives == {}


def test_of_two_copies_of_a_job_the_one_that_finishes_first_made_the_archive(
    game: PlayerClient, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one has stored its own meanwhile, of more turns: what a player was told of stays as it was."""
    export = begin(game).json["export_id"]
    die_when_stored(worker, *game.jobs)
    late = dict(worker.archives)
    play(game)
    worker.work()
    told = show(game, export).json

    worker.archives |= late  # an upload that comes late
    worker.work()

    archive = worker.archives[told["link"].rpartition("/")[2]]
    assert sha256(archive).hexdigest() == told["sha256"]
    assert show(game, export).json["sha256"] == told["sha256"]
    assert late.keys() - {told["link"].rpartition("/")[2]}


def test_a_copy_that_finishes_second_removes_its_own_file_and_no_other(game: PlayerClient, worker: Worker) -> None:
    export = begin(game).json["export_id"]
    worker.before_finishing = lambda: (play(game), worker.work())

    worker.work()

    told = show(game, export).json
    assert list(worker.archives) == [told["link"].rpartition("/")[2]]
    assert sha256(worker.archive(export)).hexdigest() == told["sha256"]


def die_when_stored(worker: Worker, *jobs: ExportJob) -> None:
    """Let a worker die that has just stored an archive."""

    def die() -> None:
        raise ConnectionError

    worker.before_finishing = die
    with pytest.raises(ConnectionError):
        worker.work(*jobs)


def test_of_a_player_who_is_erased_while_it_is_made_none_is_kept(
    game: PlayerClient, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(game)
    listed = Listed.list_campaigns

    def erased_meanwhile(stages: Listed, request: ListCampaigns) -> CampaignListed:
        game.erase(username="guest-ada")
        return listed(stages, request)

    monkeypatch.setattr(Listed, "list_campaigns", erased_meanwhile)
    worker.work()

    assert worker.archives == {}


@pytest.mark.parametrize("is_erased", [True, False])
def test_a_campaign_that_goes_while_it_is_read_is_a_fault_unless_an_erasure_takes_it(
    game: PlayerClient, worker: Worker, monkeypatch: pytest.MonkeyPatch, is_erased: bool
) -> None:
    going = play(game)["campaign_id"]
    begin(game)
    view = Listed.view_campaign

    def view_and_lose(stages: Listed, request: ViewCampaign) -> CampaignViewed:
        if is_erased:
            game.erase(username="guest-ada")
        game.dynamodb.delete_item(TableName="gateway", Key={"pk": {"S": f"CAMPAIGN#{going}"}, "sk": {"S": "META"}})
        return view(stages, request)

    monkeypatch.setattr(Listed, "view_campaign", view_and_lose)
    with nullcontext() if is_erased else pytest.raises(ResourceMissing):
        worker.work()

    assert worker.archives == {}


def test_of_a_player_who_is_being_erased_no_archive_is_made(game: PlayerClient, worker: Worker) -> None:
    begin(game)
    game.erase(username="guest-ada")

    worker.work()

    assert worker.archives == {}
