"""Make a bucket hold exactly the web game."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from infra.web.files import File

REVALIDATE = "no-cache"
"""Browsers ask each time whether a file changed (304 when not), and the distribution whenever its copy is older than a
second, the least that its cache policy keeps one: names carry no hash, and a page must not run with modules of another
version. So nothing has to be invalidated after a deployment."""


@dataclass(frozen=True)
class PublishedFiles:
    """Paths that were put and paths that were removed; both empty when nothing had changed."""

    put: tuple[str, ...]
    removed: tuple[str, ...]


def publish(s3: Any, bucket: str, files: Iterable[File]) -> PublishedFiles:
    """Put what differs, the pages last so that what they load is there before them; then remove what is not ours."""
    wanted = {file.path: file for file in files}
    there = _there(s3, bucket)
    differ = [file for path, file in wanted.items() if there.get(path) != file.md5]
    for file in sorted(differ, key=lambda file: (file.path.endswith(".html"), file.path)):
        s3.put_object(Bucket=bucket, Key=file.path, Body=file.content, ContentType=file.type, CacheControl=REVALIDATE)
    removed = sorted(there.keys() - wanted.keys())
    for path in removed:
        s3.delete_object(Bucket=bucket, Key=path)
    return PublishedFiles(tuple(file.path for file in differ), tuple(removed))


def _there(s3: Any, bucket: str) -> dict[str, str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {entry["Key"]: entry["ETag"].strip('"') for page in pages for entry in page.get("Contents", ())}
