"""Exports in the gateway's table, the worker that makes them, and where archives lie.

PLAYER#<sub>          EXPORT                  the archive that a player asked for last; a day

An archive is `<export id>.<digest>.zip` in a bucket of its own, which forgets it after a day as well. Its name is
written down before it is stored.
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

    def put(self, export: DataExport, before: DataExport | None) -> bool:
        """In the place of the one before. False when it is not there as it was."""
        condition: Any = _as_it_was(before) if before else {"ConditionExpression": NEW}
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

    def store(self, file: str, content: BinaryIO) -> None:
        self._client().put_object(Bucket=self._bucket, Key=_key_of(file), Body=content, ContentType="application/zip")

    def remove(self, file: str) -> None:
        self._client().delete_object(Bucket=self._bucket, Key=_key_of(file))

    def link(self, file: str, now: datetime) -> DownloadLink:
        asked = {"Bucket": self._bucket, "Key": _key_of(file), "ResponseContentDisposition": SAVED_AS}
        seconds = int(LINK_LIFE.total_seconds())
        url = self._client().generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds)
        return DownloadLink(url, now + LINK_LIFE)


class PlayerArchives:
    """Implements the port ErasableArchives."""

    def __init__(self, exports: DynamoExports, remove: Callable[[str], None]) -> None:
        self._exports = exports
        self._remove = remove

    def erase(self, player: str) -> None:
        export = self._exports.of(player)
        for each in export.files if export else ():
            self._remove(each)


def _key_of(file: str) -> str:
    return f"{file}.zip"


def _key(player: str) -> items.Item:
    return items.item({"pk": f"PLAYER#{player}", "sk": EXPORT})


def _as_it_was(before: DataExport) -> dict[str, Any]:
    """The condition that an export is there with the same files."""
    stored = _item(before)
    seen = {name: stored.get(name) for name in ("export_id", "made_at", "begun_files")}
    same = (f"{name} = :{name}" if value else f"attribute_not_exists({name})" for name, value in seen.items())
    values = {f":{name}": value for name, value in seen.items() if value}
    return {"ConditionExpression": " AND ".join(same), "ExpressionAttributeValues": values}


def _item(export: DataExport) -> items.Item:
    archive = export.archive
    made = (
        {"made_at": archive.made_at.isoformat(), "size": archive.size, "sha256": archive.sha256, "file": archive.file}
        if archive
        else {}
    )
    values = {
        "export_id": export.export_id,
        "begun_at": export.begun_at.isoformat(),
        "expires_at": int(export.kept_until.timestamp()),
        "lost": 1 if export.lost else None,
        "replaces": " ".join(export.replaces) or None,
        "begun_files": " ".join(export.stored) or None,
        **made,
    }
    return {**_key(export.player), **items.item(values)}


def _export(player: str, stored: dict[str, Any]) -> DataExport:
    """As it is stored. Before files had names of their own, the one of an export was named by its id."""
    id, made = stored["export_id"], stored.get("made_at")
    file = stored.get("file", id)
    archive = ExportArchive(stored["size"], stored["sha256"], datetime.fromisoformat(made), file) if made else None
    begun_at, replaces = datetime.fromisoformat(stored["begun_at"]), tuple(stored.get("replaces", "").split())
    files = tuple(stored.get("begun_files", "").split())
    return DataExport(id, player, begun_at, archive, "lost" in stored, replaces, files)
