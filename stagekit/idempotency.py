"""Answers that are kept: the same key gives the first answer, another payload under it is refused."""

from __future__ import annotations

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

Json = dict[str, Any]
KEPT_FOR_SECONDS = 24 * 3600
"""Longer than any retry: a turn ends within 5 minutes and its deadline within 15; redrives come within hours."""


@cache
def _answers() -> DynamoDBPersistenceLayer:
    return DynamoDBPersistenceLayer(table_name=os.environ["STAGES_TABLE"])


@cache
def _keeping(operation: str, compute: Callable[[Json], Json]) -> tuple[IdempotencyConfig, Callable[..., Json]]:
    config = IdempotencyConfig(
        event_key_jmespath="envelope.idempotency_key",
        payload_validation_jmespath="@",
        raise_on_no_idempotency_key=True,
        expires_after_seconds=KEPT_FOR_SECONDS,
        use_local_cache=False,
    )

    # The prefix is written out because Powertools would otherwise derive stored keys from function names.
    @idempotent_function(  # type: ignore[untyped-decorator]
        data_keyword_argument="payload",
        persistence_store=_answers(),
        config=config,
        key_prefix=f"{os.environ['POWERTOOLS_SERVICE_NAME']}.{operation}",
    )
    def keeping(*, payload: Json) -> Json:
        return compute(payload)

    return config, keeping


def kept_answer(operation: str, compute: Callable[[Json], Json], payload: Json, context: Any) -> Json:
    """Answer `payload` by `compute`, or with what was answered first under its key.

    Raises StillInProgress while another copy runs, KeyReused when the key came with another payload, Transient
    when the table could not be reached. An error of `compute` keeps nothing: the step may run again.
    """
    config, keeping = _keeping(operation, compute)
    config.register_lambda_context(context)
    try:
        return keeping(payload=payload)
    except IdempotencyAlreadyInProgressError as error:
        raise StillInProgress(operation) from error
    except IdempotencyValidationError as error:
        raise KeyReused(operation) from error
    except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
        raise Transient(type(error).__name__) from error
