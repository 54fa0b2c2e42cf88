"""The tables of an export, each a query over the de-duplicated `events`. docs/analytics.md says what they mean.

Every query fixes types and order, so that the same events give the same bytes.
"""

from __future__ import annotations

COPIES = """
CREATE TABLE copies AS SELECT * FROM read_json(
    ?, format = 'newline_delimited', compression = 'none', maximum_object_size = 16777216, columns = {
        event_id: 'VARCHAR', detail_type: 'VARCHAR', source: 'VARCHAR', schema_version: 'VARCHAR',
        occurred_at: 'TIMESTAMP', stream: 'VARCHAR', sequence: 'BIGINT', campaign_id: 'VARCHAR', turn_id: 'VARCHAR',
        correlation_id: 'VARCHAR', causation_id: 'VARCHAR', idempotency_key: 'VARCHAR',
        traceparent: 'VARCHAR', data: 'JSON'})
"""

EVENTS = """
CREATE TABLE events AS
WITH firsts AS (  -- a repeated step may tell its progress twice, a moment apart: the earlier one counts
    SELECT arg_min(rowid, (occurred_at, md5(CAST(to_json(copies) AS VARCHAR)))) AS first FROM copies GROUP BY event_id
)
SELECT copies.* FROM copies JOIN firsts ON copies.rowid = firsts.first
ORDER BY detail_type, date_trunc('day', occurred_at), stream, sequence NULLS LAST, occurred_at, event_id
"""

PARTITIONS = """
SELECT DISTINCT detail_type, strftime(occurred_at, '%Y-%m-%d') FROM events ORDER BY ALL
"""

PARTITION = """
SELECT * FROM events
WHERE detail_type = '{kind}' AND occurred_at >= DATE '{day}' AND occurred_at < DATE '{day}' + INTERVAL 1 DAY
ORDER BY stream, sequence NULLS LAST, occurred_at, event_id
"""
"""One file each: DuckDB's own PARTITION_BY keeps no order inside a partition."""

CAMPAIGNS = """
WITH known AS (SELECT DISTINCT campaign_id FROM events),
begun AS (SELECT campaign_id, occurred_at, data FROM events WHERE detail_type = 'CampaignStarted.v1'),
latest AS (
    SELECT campaign_id, arg_max(data, sequence) AS data, max(occurred_at) AS at, count(*) AS turns
    FROM events WHERE detail_type = 'TurnResolved.v1' GROUP BY campaign_id
),
over AS (SELECT campaign_id, occurred_at, data FROM events WHERE detail_type = 'CampaignEnded.v1')
SELECT campaign_id,
    coalesce(begun.data->>'$.owner', latest.data->>'$.owner', over.data->>'$.owner') AS owner,
    begun.data->>'$.class_id' AS class_id,
    begun.data->>'$.summary.class_name' AS class_name,
    begun.data->>'$.world' AS world,
    begun.data->>'$.world_version' AS world_version,
    begun.occurred_at AS started_at,
    begun.data->>'$.forked_from.campaign_id' AS forked_from,
    CAST(begun.data->>'$.forked_from.turn' AS INTEGER) AS forked_at,
    CAST(coalesce(latest.turns, 0) AS INTEGER) AS turns,
    CAST(latest.data->>'$.number' AS INTEGER) AS last_turn,
    latest.at AS last_turn_at,
    CAST(coalesce(latest.data->>'$.level', begun.data->>'$.summary.level') AS INTEGER) AS level,
    CAST(coalesce(latest.data->>'$.lives', begun.data->>'$.summary.lives') AS INTEGER) AS lives,
    coalesce(latest.data->>'$.place.id', begun.data->>'$.summary.place.id') AS place,
    coalesce(latest.data->>'$.place.name', begun.data->>'$.summary.place.name') AS place_name,
    coalesce(latest.data->>'$.status', CASE WHEN begun.data IS NOT NULL THEN 'active' END) AS status,
    latest.data->>'$.ending' AS ending,
    over.occurred_at AS ended_at,
    begun.data->>'$.seed_commitment' AS seed_commitment,
    over.data->>'$.seed' AS seed,
    begun.data->>'$.state_hash' AS first_state_hash,
    coalesce(latest.data->>'$.state_hash', begun.data->>'$.state_hash') AS state_hash
FROM known LEFT JOIN begun USING (campaign_id) LEFT JOIN latest USING (campaign_id) LEFT JOIN over USING (campaign_id)
ORDER BY started_at NULLS FIRST, campaign_id
"""

TURNS = """
WITH known AS (
    SELECT turn_id, any_value(campaign_id) AS campaign_id, any_value(data->>'$.owner') AS owner FROM events
    WHERE turn_id IS NOT NULL
        AND detail_type IN ('TurnAccepted.v1', 'TurnResolved.v1', 'TurnAnswered.v1', 'TurnFailed.v1')
    GROUP BY turn_id
),
accepted AS (SELECT turn_id, occurred_at, data FROM events WHERE detail_type = 'TurnAccepted.v1'),
resolved AS (SELECT turn_id, occurred_at, data FROM events WHERE detail_type = 'TurnResolved.v1'),
answered AS (SELECT turn_id, occurred_at, data FROM events WHERE detail_type = 'TurnAnswered.v1'),
failed AS (SELECT turn_id, occurred_at, data FROM events WHERE detail_type = 'TurnFailed.v1')
SELECT campaign_id, turn_id,
    CAST(coalesce(resolved.data->>'$.number', answered.data->>'$.number') AS INTEGER) AS number,
    owner,
    accepted.occurred_at AS accepted_at,
    resolved.occurred_at AS resolved_at,
    answered.occurred_at AS answered_at,
    failed.occurred_at AS failed_at,
    CASE WHEN resolved.data IS NOT NULL OR answered.data IS NOT NULL THEN 'resolved'
        WHEN failed.data IS NOT NULL THEN 'failed' ELSE 'open' END AS outcome,
    CAST(coalesce(answered.data->>'$.milliseconds', failed.data->>'$.milliseconds') AS BIGINT) AS milliseconds,
    CAST(accepted.data->>'$.action_characters' AS INTEGER) AS action_characters,
    resolved.data->>'$.told_by' AS told_by,
    resolved.data->>'$.model' AS model,
    CAST(resolved.data->>'$.totals.model_calls' AS INTEGER) AS model_calls,
    CAST(resolved.data->>'$.totals.input_tokens' AS BIGINT) AS input_tokens,
    CAST(resolved.data->>'$.totals.output_tokens' AS BIGINT) AS output_tokens,
    CAST(resolved.data->>'$.totals.cached_tokens' AS BIGINT) AS cached_tokens,
    CAST(resolved.data->>'$.totals.micro_dollars' AS BIGINT) AS micro_dollars,
    CAST(resolved.data->>'$.totals.repairs' AS INTEGER) AS repairs,
    CAST(resolved.data->>'$.totals.tool_calls' AS INTEGER) AS tool_calls,
    CAST(resolved.data->>'$.totals.refusals' AS INTEGER) AS refusals,
    CAST(resolved.data->>'$.totals.rolls' AS INTEGER) AS rolls,
    resolved.data->>'$.place.id' AS place,
    resolved.data->>'$.place.name' AS place_name,
    CAST(resolved.data->>'$.level' AS INTEGER) AS level,
    CAST(resolved.data->>'$.lives' AS INTEGER) AS lives,
    resolved.data->>'$.status' AS status,
    resolved.data->>'$.ending' AS ending,
    failed.data->>'$.error' AS error,
    failed.data->>'$.stage' AS stage,
    resolved.data->>'$.state_hash' AS state_hash
FROM known LEFT JOIN accepted USING (turn_id) LEFT JOIN resolved USING (turn_id)
    LEFT JOIN answered USING (turn_id) LEFT JOIN failed USING (turn_id)
ORDER BY campaign_id, coalesce(accepted_at, resolved_at, answered_at, failed_at), turn_id
"""


def _list_entries(kind: str, field: str, columns: str) -> str:
    """A row per entry of a list in the data of `kind`, in the order of turns and of the list."""
    return f"""
WITH listed AS (
    SELECT campaign_id, turn_id, CAST(data->>'$.number' AS INTEGER) AS number,
        unnest(CAST(data->'$.{field}' AS JSON[])) AS it,
        CAST(generate_subscripts(CAST(data->'$.{field}' AS JSON[]), 1) AS INTEGER) AS position
    FROM events WHERE detail_type = '{kind}'
)
SELECT campaign_id, turn_id, number, position, {columns} FROM listed ORDER BY campaign_id, number, turn_id, position
"""


STAGES = _list_entries(
    "TurnAnswered.v1",
    "stages",
    """it->>'$.stage' AS stage, CAST(it->>'$.attempts' AS INTEGER) AS attempts,
    CAST(it->>'$.milliseconds' AS BIGINT) AS milliseconds, it->>'$.error' AS error""",
)

ROLLS = _list_entries(
    "TurnResolved.v1",
    "rolls",
    """it->>'$.key' AS key, it->>'$.purpose' AS purpose, it->>'$.roller' AS roller,
    CAST(it->>'$.count' AS INTEGER) AS count, CAST(it->>'$.sides' AS INTEGER) AS sides,
    CAST(it->'$.faces' AS INTEGER[]) AS faces, CAST(it->'$.kept' AS INTEGER[]) AS kept,
    CAST(it->>'$.total' AS INTEGER) - list_sum(CAST(it->'$.kept' AS INTEGER[]))::INTEGER AS modifier,
    CAST(it->>'$.total' AS INTEGER) AS total, CAST(it->>'$.target' AS INTEGER) AS target,
    it->>'$.outcome' AS outcome""",
)

EFFECTS = _list_entries(
    "TurnResolved.v1",
    "effects",
    """it->>'$.kind' AS kind, it->>'$.call' AS call,
    CAST(it->>'$.detail.amount' AS INTEGER) AS amount,
    coalesce(it->>'$.detail.target', it->>'$.detail.npc', it->>'$.detail.to.id') AS target,
    coalesce(it->>'$.detail.source', it->>'$.detail.cause', it->>'$.detail.origin', it->>'$.detail.shop') AS source,
    coalesce(it->>'$.detail.item.item', it->>'$.detail.condition.id', it->>'$.detail.encounter.spawn',
        it->>'$.detail.item', it->>'$.detail.instance', it->>'$.detail.condition', it->>'$.detail.quest',
        it->>'$.detail.ability', it->>'$.detail.find', it->>'$.detail.feature', it->>'$.detail.exit',
        it->>'$.detail.secret', it->>'$.detail.ending') AS subject,
    it->'$.detail' AS detail""",
)

REFUSALS = _list_entries("TurnResolved.v1", "refusals", "it->>'$' AS code")

TOOL_CALLS = """
SELECT campaign_id, turn_id, idempotency_key AS call, occurred_at, data->>'$.tool' AS tool,
    data->>'$.verdict' AS verdict, data->>'$.refusal' AS refusal,
    CAST(data->>'$.rolls' AS INTEGER) AS rolls, CAST(data->>'$.effects' AS INTEGER) AS effects
FROM events WHERE detail_type = 'ToolExecuted.v1' ORDER BY campaign_id, turn_id, call
"""

TABLES = {
    "campaigns": CAMPAIGNS,
    "turns": TURNS,
    "stages": STAGES,
    "rolls": ROLLS,
    "effects": EFFECTS,
    "refusals": REFUSALS,
    "tool_calls": TOOL_CALLS,
}

COUNTS = """
SELECT detail_type, schema_version, count(*) FROM events GROUP BY ALL ORDER BY ALL
"""

GAPS = """
WITH next AS (
    SELECT stream, sequence, lead(sequence) OVER (PARTITION BY stream ORDER BY sequence) AS following
    FROM events WHERE sequence IS NOT NULL
)
SELECT stream, sequence + 1, following - 1 FROM next WHERE following > sequence + 1 ORDER BY ALL
"""

CONFLICTS = """
SELECT stream, sequence FROM events WHERE sequence IS NOT NULL
GROUP BY stream, sequence HAVING count(*) > 1 ORDER BY ALL
"""
