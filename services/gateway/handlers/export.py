"""Lambda entry point, invoked asynchronously: the archive that a player asked for. What fails is tried twice more."""

from __future__ import annotations

from typing import Any

from services.gateway.application.exports.making import make_export
from services.gateway.domain.exports import ExportJob
from services.gateway.wiring.exporting import making_dependencies
from stagekit.failures import error_location
from stagekit.observe import logger, observe


class NotExported(Exception):
    """The archive could not be made. Why is in the log, without the words of an error: they may be a player's."""


def handler(event: dict[str, Any], context: Any) -> None:
    try:
        job = ExportJob.model_validate(event)
        with observe("export", {"export_id": job.export_id}):
            make_export(job, making_dependencies())
    except Exception as error:
        logger().error("not exported", extra=error_location(error))
        raise NotExported from None
