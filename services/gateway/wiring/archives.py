"""The store of players' archives, for those who make them and those who give links."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from services.gateway.adapters.exports import S3Archives
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def archives() -> S3Archives:
    return S3Archives(_s3, os.environ.get("EXPORTS_BUCKET", ""))


@cache
def _s3() -> S3Client:
    made: S3Client = client("s3", read=60, signature="s3v4")
    return made
