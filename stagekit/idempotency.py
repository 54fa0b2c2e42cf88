"""Idempotency: a step runs once per key. A repeat gets the stored answer; another payload under the key is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)

from contracts.errors import KeyReused, StillInProgress, Transient
from stagekit.first_answers import STORED_SECONDS, digest
from stagekit.packing import pack, unpack

Json = dict[str, Any]
PACKED = "packed"
"""The one field of what is kept of an answer. What was kept without it is the answer itself."""


def run_once(operation: str, payload: Json, context: Any, compute: Callable[[], Json]) -> Json:
    """Return `compute()`, or the answer that was stored under the payload's idempotency key.

    Raises StillInProgress while another copy runs, KeyReused when the key came with another payload, Transient
    when the table could not be reached. An error of `compute` stores nothing: the step may run again.
    """
    config, run = _runner(operation)
    config.register_lambda_context(context)
    try:
        kept = run(payload={**payload["envelope"], "asked": digest(payload)}, compute=compute)
    except IdempotencyAlreadyInProgressError as error:
        raise StillInProgress(operation) from error
    except IdempotencyValidationError as error:
        raise KeyReused(operation) from error
    except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
        raise Transient(type(error).__name__) from error
    answer: Json = json.loads(unpack(kept[PACKED])) if PACKED in kept else kept
    return answer


@cache
def _runner(operation: str) -> tuple[IdempotencyConfig, Callable[..., Json]]:
    config = IdempotencyConfig(
        event_key_jmespath="idempotency_key",
        payload_validation_jmespath="asked",
        raise_on_no_idempotency_key=True,
        expires_after_seconds=STORED_SECONDS,
        use_local_cache=False,
    )

    # The prefix is written out because Powertools would otherwise derive stored keys from function names.
    @idempotent_function(  # type: ignore[untyped-decorator]
        data_keyword_argument="payload",
        persistence_store=DynamoDBPersistenceLayer(table_name=os.environ["STAGES_TABLE"]),
        config=config,
        key_prefix=f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}",
    )
    def run(*, payload: Json, compute: Callable[[], Json]) -> Json:
        return {PACKED: pack(json.dumps(compute(), separators=(",", ":")))}

    return config, run
