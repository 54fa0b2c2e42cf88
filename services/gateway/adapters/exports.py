"""Exports in the gateway's table, the worker that makes them, and where archives lie.

PLAYER#<sub>          EXPORT                  the archive that a player asked for last; a day

An archive is `<export id>.zip` in a bucket of its own, which forgets it after a day as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW
from services.gateway.domain.exports import LINK_LIFE, DataExport, DownloadLink, ExportArchive, ExportJob

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client

    from contracts.playerapi import ExportId

EXPORT = "EXPORT"
SAVED_AS = 'attachment; filename="nine-lives.zip"'


class DynamoExports:
    """Implements the ports ExportRegister and ExportWriter. Reads are consistent."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def of(self, player: str) -> DataExport | None:
        found = self._client.get_item(TableName=self._table, Key=_key(player), ConsistentRead=True).get("Item")
        return _export(player, items.plain(found)) if found else None

    def begin(self, export: DataExport, before: DataExport | None) -> bool:
        """In the place of the one before. False when another request came first."""
        return self._put(export, before.export_id if before else None)

    def finish(self, export: DataExport) -> bool:
        """False when the player went, or asked for another."""
        return self._put(export, export.export_id)

    def _put(self, export: DataExport, expected: str | None) -> bool:
        condition: Any = {"ConditionExpression": NEW}
        if expected:
            seen = items.item({":seen": expected})
            condition = {"ConditionExpression": "export_id = :seen", "ExpressionAttributeValues": seen}
        try:
            self._client.put_item(TableName=self._table, Item=_item(export), **condition)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


class ExportWorker:
    """The function that makes archives. `client` is asked when there is one to make."""

    def __init__(self, client: Callable[[], LambdaClient], function: str) -> None:
        self._client = client
        self._function = function

    def begin(self, job: ExportJob) -> None:
        """It goes on by itself, and is tried again by Lambda."""
        payload = job.model_dump_json().encode()
        self._client().invoke(FunctionName=self._function, InvocationType="Event", Payload=payload)


class S3Archives:
    """Implements the port Archives, and gives links. `client` must sign by version 4: S3 takes no older signature."""

    def __init__(self, client: Callable[[], S3Client], bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def store(self, export: ExportId, content: BinaryIO) -> None:
        self._client().put_object(Bucket=self._bucket, Key=_file(export), Body=content, ContentType="application/zip")

    def remove(self, export: ExportId) -> None:
        self._client().delete_object(Bucket=self._bucket, Key=_file(export))

    def link(self, export: ExportId, now: datetime) -> DownloadLink:
        asked = {"Bucket": self._bucket, "Key": _file(export), "ResponseContentDisposition": SAVED_AS}
        seconds = int(LINK_LIFE.total_seconds())
        url = self._client().generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds)
        return DownloadLink(url, now + LINK_LIFE)


class PlayerArchives:
    """Implements the port ErasableArchives."""

    def __init__(self, exports: DynamoExports, remove: Callable[[ExportId], None]) -> None:
        self._exports = exports
        self._remove = remove

    def erase(self, player: str) -> None:
        export = self._exports.of(player)
        for each in export.files if export else ():
            self._remove(each)


def _file(export: ExportId) -> str:
    return f"{export}.zip"


def _key(player: str) -> items.Item:
    return items.item({"pk": f"PLAYER#{player}", "sk": EXPORT})


def _item(export: DataExport) -> items.Item:
    archive = export.archive
    made = {"made_at": archive.made_at.isoformat(), "size": archive.size, "sha256": archive.sha256} if archive else {}
    values = {
        "export_id": export.export_id,
        "begun_at": export.begun_at.isoformat(),
        "expires_at": int(export.kept_until.timestamp()),
        "lost": 1 if export.lost else None,
        "replaces": " ".join(export.replaces) or None,
        **made,
    }
    return {**_key(export.player), **items.item(values)}


def _export(player: str, stored: dict[str, Any]) -> DataExport:
    made = stored.get("made_at")
    archive = ExportArchive(stored["size"], stored["sha256"], datetime.fromisoformat(made)) if made else None
    begun_at, replaces = datetime.fromisoformat(stored["begun_at"]), tuple(stored.get("replaces", "").split())
    return DataExport(stored["export_id"], player, begun_at, archive, "lost" in stored, replaces)
