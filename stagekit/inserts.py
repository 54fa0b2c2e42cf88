"""Inserts: items added to a table many at a time, each unless its place is taken.

BatchWriteItem knows no conditions and a transaction costs twice as much; an INSERT of PartiQL never replaces an item,
is charged as a put, and 25 of them go in one call. They are not atomic: each stands alone.
docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contracts.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_AT_ONCE = 25
TAKEN = "DuplicateItem"

Item = Mapping[str, Any]
"""An item in DynamoDB's own JSON."""


def insert(dynamodb: DynamoDBClient, table: str, items: Sequence[Item]) -> list[bool]:
    """Add items of different places. Returns whether each was added: False when its place was taken, and nothing
    changed. Raises Transient when one could be neither added nor found taken; some may have been added by then."""
    added: list[bool] = []
    for start in range(0, len(items), MOST_AT_ONCE):
        statements: Any = [_statement(table, item) for item in items[start : start + MOST_AT_ONCE]]
        answers = dynamodb.batch_execute_statement(Statements=statements)["Responses"]
        codes = [str(answer.get("Error", {}).get("Code", "")) for answer in answers]
        if unknown := [code for code in codes if code and not code.startswith(TAKEN)]:
            raise Transient(unknown[0])
        added += [not code for code in codes]
    return added


def _statement(table: str, item: Item) -> dict[str, Any]:
    names = ", ".join(f"'{name}': ?" for name in item)
    return {"Statement": f'INSERT INTO "{table}" VALUE {{{names}}}', "Parameters": list(item.values())}
