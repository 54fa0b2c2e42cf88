"""Expressions of DynamoDB: conditions and updates, parsed once by their text, worked out on items in DynamoDB's JSON.

Moto's parser reads an expression anew for every request, with its values: a fifth of a millisecond each, a quarter of
what a simulated turn may take. `test_dynamodb.py` holds this one against moto, on all that the system ever asked.
docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

Item = dict[str, Any]
Value = dict[str, Any] | None
_TOKEN = re.compile(r"\s*(<=|>=|<>|[=<>(),+\-]|[#:]?[A-Za-z_][A-Za-z0-9_]*)")
_COMPARES: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_SECTIONS = ("SET", "ADD", "REMOVE", "DELETE")


@dataclass(frozen=True)
class Terms:
    """The names and values of a request, and the item that its expressions are evaluated on."""

    item: Item
    names: Mapping[str, str]
    values: Mapping[str, Any]

    def get(self, path: str) -> Value:
        found: Value = self.item.get(self.name(path))
        return found

    def name(self, path: str) -> str:
        return self.names[path] if path.startswith("#") else path


Operand = Callable[[Terms], Value]
Condition = Callable[[Terms], bool]
Change = Callable[[Terms, Item], None]


class _Words:
    def __init__(self, text: str) -> None:
        self._words = _TOKEN.findall(text)
        assert "".join(self._words) == re.sub(r"\s", "", text), f"not understood: {text}"
        self._at = 0

    @property
    def next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def take(self, *expected: str) -> str:
        word = self.next
        assert not expected or word.upper() in expected, f"{word!r} where {expected} should be"
        self._at += 1
        return word

    def took(self, word: str) -> bool:
        if self.next.upper() != word:
            return False
        self._at += 1
        return True


@cache
def condition(text: str) -> Condition:
    """The condition, key condition or filter that a text says."""
    words = _Words(text)
    found = _any(words)
    assert not words.next, f"{words.next!r} after the end of {text}"
    return found


def _any(words: _Words) -> Condition:
    parts = [_all(words)]
    while words.took("OR"):
        parts.append(_all(words))
    return parts[0] if len(parts) == 1 else lambda terms: any(part(terms) for part in parts)


def _all(words: _Words) -> Condition:
    parts = [_one(words)]
    while words.took("AND"):
        parts.append(_one(words))
    return parts[0] if len(parts) == 1 else lambda terms: all(part(terms) for part in parts)


def _one(words: _Words) -> Condition:
    if words.took("NOT"):
        negated = _one(words)
        return lambda terms: not negated(terms)
    if words.took("("):
        inner = _any(words)
        words.take(")")
        return inner
    match words.next.lower():
        case "attribute_not_exists":
            path = _argument(words)
            return lambda terms: terms.get(path) is None
        case "attribute_exists":
            path = _argument(words)
            return lambda terms: terms.get(path) is not None
        case "begins_with":
            words.take()
            words.take("(")
            whole = _operand(words)
            words.take(",")
            start = _operand(words)
            words.take(")")
            return lambda terms: _text(whole(terms)).startswith(_text(start(terms)))
    return _comparison(words, _operand(words))


def _comparison(words: _Words, left: Operand) -> Condition:
    if words.took("BETWEEN"):
        low = _operand(words)
        words.take("AND")
        high = _operand(words)
        return lambda terms: _compare(ge, left(terms), low(terms)) and _compare(le, left(terms), high(terms))
    if words.took("IN"):
        words.take("(")
        choices = [_operand(words)]
        while words.took(","):
            choices.append(_operand(words))
        words.take(")")
        return lambda terms: any(_compare(eq, left(terms), each(terms)) for each in choices)
    compare, right = _COMPARES[words.take(*_COMPARES)], _operand(words)
    return lambda terms: _compare(compare, left(terms), right(terms))


def _operand(words: _Words) -> Operand:
    if words.next.lower() == "size":
        path = _argument(words)
        return lambda terms: _size(terms.get(path))
    word = words.take()
    return (lambda terms: terms.values[word]) if word.startswith(":") else (lambda terms: terms.get(word))


def _argument(words: _Words) -> str:
    words.take()
    words.take("(")
    path = words.take()
    words.take(")")
    return path


def _size(value: Value) -> Value:
    return None if value is None else {"N": str(len(next(iter(value.values()))))}


def _text(value: Value) -> str:
    return "" if value is None else str(value["S"])


def _compare(how: Callable[[Any, Any], bool], left: Value, right: Value) -> bool:
    """Values of different types, and what is not there, are different and in no order."""
    if left is None or right is None or left.keys() != right.keys():
        return how is ne and (left is not None or right is not None)
    [(kind, one)], [other] = left.items(), right.values()
    if kind == "N":
        return how(float(one), float(other))
    return how(sorted(one), sorted(other)) if kind in ("SS", "NS") else how(one, other)


@cache
def update(text: str) -> Change:
    """The change that an update expression makes to a copy of the item."""
    words, changes = _Words(text), list[Change]()
    while words.next:
        section = words.take(*_SECTIONS).upper()
        changes.append(_clause(section, words))
        while words.took(","):
            changes.append(_clause(section, words))

    def change(terms: Terms, item: Item) -> None:
        for each in changes:
            each(terms, item)

    return change


def _clause(section: str, words: _Words) -> Change:
    path = words.take()
    if section == "REMOVE":
        return lambda terms, item: _drop(item, terms.name(path))
    if section == "SET":
        words.take("=")
        value = _operand(words)
        return lambda terms, item: item.__setitem__(terms.name(path), value(terms))
    amount = words.take()
    work = _add if section == "ADD" else _take_out
    return lambda terms, item: work(item, terms.name(path), terms.values[amount])


def _drop(item: Item, name: str) -> None:
    item.pop(name, None)


def _add(item: Item, name: str, value: Item) -> None:
    [(kind, amount)] = value.items()
    held = item.get(name, {}).get(kind)
    if kind == "N":
        item[name] = {"N": str(int(held or 0) + int(amount))}
    else:
        item[name] = {kind: sorted({*(held or ()), *amount})}


def _take_out(item: Item, name: str, value: Item) -> None:
    [(kind, members)] = value.items()
    left = sorted(set(item.get(name, {}).get(kind, ())) - set(members))
    if left:
        item[name] = {kind: left}
    else:
        item.pop(name, None)
