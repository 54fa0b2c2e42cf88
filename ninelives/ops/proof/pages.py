"""The dice of a campaign as the player API tells them, page by page, in a file or from the API itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from contracts.playerapi import Dice
from infra.errors import UserError

_PAGES = TypeAdapter(tuple[Dice, ...])


def read(path: Path) -> tuple[Dice, ...]:
    """The pages in a file: one body of `GET …/dice`, or a list of them. Raises Unusable."""
    try:
        content = from_json(path.read_bytes())
        pages = _PAGES.validate_python(content if isinstance(content, list) else [content])
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"])
        raise UserError(f"{path} does not hold the dice of a campaign: {where}: {first['msg']}") from error
    except ValueError as error:
        raise UserError(f"{path} is not JSON: {error}") from error
    return complete(pages)


def fetch_pages(page: Callable[[int], Dice]) -> tuple[Dice, ...]:
    """All pages, asked for one after the other; `page(n)` is the one after turn n. Raises Unusable."""
    return complete(tuple(_following(page)))


def complete(pages: Sequence[Dice]) -> tuple[Dice, ...]:
    """The pages in the order of their turns. Raises UserError when they are of several campaigns or one is missing."""
    if not pages:
        raise UserError("There is no page of dice in it.")
    if len({page.campaign_id for page in pages}) > 1:
        raise UserError("These are pages of different campaigns.")
    numbers = {turn.number for page in pages for turn in page.turns}
    for page in pages:
        if page.next_after is not None and page.next_after + 1 not in numbers:
            raise UserError(f"A page is missing: ask for the dice with after_turn={page.next_after}, too.")
    return tuple(sorted(pages, key=lambda page: page.turns[0].number if page.turns else 0))


def merge_pages(pages: Sequence[Dice]) -> Dice:
    """Complete pages as one, with the seed if one of them tells it."""
    turns = tuple(turn for page in pages for turn in page.turns)
    seed = next((page.seed for page in pages if page.seed), None)
    return pages[0].model_copy(update={"seed": seed, "turns": turns, "next_after": None})


def _following(page: Callable[[int], Dice]) -> Iterator[Dice]:
    after: int | None = 0
    while after is not None:
        found = page(after)
        yield found
        if found.next_after is not None and found.next_after <= after:
            raise UserError(f"The page after turn {after} leads back to turn {found.next_after}.")
        after = found.next_after
