"""A trace in the terminal: a line a span, when it began and how long it took, and what is worth reading of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text
from rich.tree import Tree

from ninelives.analytics.tracing.span import Span
from ninelives.terminal import plain


def tree_of(spans: Sequence[Span]) -> Tree:
    """The spans below their parents. The first one is the root."""
    root = spans[0]
    trees = {root.span_id: Tree(_line(root, root))}
    for span in spans[1:]:
        trees[span.span_id] = trees[span.parent_id or root.span_id].add(_line(span, root))
    return trees[root.span_id]


def _line(span: Span, root: Span) -> Text:
    began = (span.start - root.start).total_seconds()
    most = "" if span.attributes.get("ninelives.timed", True) else "at most "
    length = f"{most}{span.milliseconds:,.0f} ms"
    line = Text.assemble((plain(span.name), "bold"), (f"  +{began:.3f} s  {length}", "dim"))
    if said := " · ".join(_describe(span.attributes)):
        line.append(f"  {plain(said)}")
    if span.error:
        line.append(f"  {plain(span.error)}", "red")
    return line


def _describe(attributes: Any) -> Iterator[str]:
    if "ninelives.turn.id" in attributes:
        number = attributes.get("ninelives.turn.number")
        yield " ".join([f"turn {number}" if number else "turn", attributes["ninelives.turn.outcome"]])
        if "ninelives.turn.told_by" in attributes:
            yield f"told by {attributes['ninelives.turn.told_by']}"
            yield _dollars(attributes["ninelives.turn.micro_dollars"])
    if "gen_ai.usage.input_tokens" in attributes:
        cached = attributes["gen_ai.usage.cache_read.input_tokens"]
        yield f"{attributes['gen_ai.usage.input_tokens']:,} tokens in ({cached:,} cached)"
        yield f"{attributes['gen_ai.usage.output_tokens']:,} out"
        yield _dollars(attributes["ninelives.cost.micro_dollars"])
    if attributes.get("ninelives.stage.attempts", 1) > 1:
        yield f"{attributes['ninelives.stage.attempts']} attempts"
    for name in ("ninelives.verdict", "ninelives.refusal", "ninelives.place"):
        if name in attributes:
            yield attributes[name]
    if "ninelives.lore.passages" in attributes:
        yield f"{attributes['ninelives.lore.passages']} passages"
    yield from attributes.get("ninelives.acts", ())
    yield from attributes.get("ninelives.rolls", ())


def _dollars(micro: int) -> str:
    return f"${micro / 1_000_000:.6f}"
