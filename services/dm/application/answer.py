"""Answering a request: by the understudy, or by the model this deployment is configured with, as far as money goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import ModelRefused
from services.dm.application.ports import ContentSafety, Model, Understudy
from services.dm.application.reply_stream import ReplyStream
from services.dm.application.settings import UNDERSTUDY, GameMasterSettings
from services.dm.domain.budget_policy import choose_economy, shorten
from services.dm.domain.catalogue import Catalogue
from services.dm.domain.prompt import PROMPT_VERSION, Prompt, compose
from services.dm.domain.replies import assemble_reply
from services.dm.domain.rough.replies import mend, prefer_story
from services.dm.domain.safety.declining import ActionDeclined, decline
from services.dm.domain.safety.levels import hold_to, level_of
from services.dm.domain.small_profile import SMALL_PROMPT_VERSION, compose_small
from services.dm.domain.validate import check_reply

Compose = Callable[[InvokeDungeonMaster, Catalogue, str | None], Prompt]


@dataclass(frozen=True)
class ConfiguredGameMaster:
    """The game master of a deployment. `open_model` and `open_stream` are called only when they are needed; a stream is
    None where nothing can be told ahead."""

    settings: GameMasterSettings
    catalogue: Catalogue
    understudy: Understudy
    open_model: Callable[[], Model]
    open_stream: Callable[[InvokeDungeonMaster], ReplyStream | None]
    is_priced: Callable[[str], bool]
    """Whether it is known what a model costs. No other is asked under a spending limit: its cost would not count."""

    safety: ContentSafety
    """Judges an action before anybody is asked: what it declines costs nothing."""

    @property
    def costs(self) -> bool:
        """Whether an answer may cost something. The understudy's follows from the request alone and is free."""
        return self.settings.provider != UNDERSTUDY

    @property
    def prompt_version(self) -> str:
        """Names the fixed texts that a model is asked with."""
        return SMALL_PROMPT_VERSION if self.settings.profile == "small" else PROMPT_VERSION

    def answer(self, request: InvokeDungeonMaster) -> DungeonMasterReplied:
        """One reply of the game master asked for, going on from what the player was told of this turn already; and how
        far a spending limit made it save.

        Raises ModelThrottled, ModelUnavailable or ModelRefused, and Transient when it cannot be known what was told;
        the understudy of a deployment without a model raises nothing.
        """
        request = self._limit_content(request)
        declined = self.safety(request.action, level_of(request.scene))
        if declined:
            return decline(request, declined, help=self.settings.help)
        if self.settings.provider == UNDERSTUDY:
            return self.understudy(request)
        stream = self.open_stream(request)
        reply = self._reply(request, stream)
        return stream.settle(reply) if stream else reply

    def check(self, request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> DungeonMasterReplied:
        """The reply with the verdict on it, if the request asks for one."""
        if request.report is None:
            return reply
        return reply.model_copy(update={"routed": check_reply(self._limit_content(request), reply, self.catalogue)})

    def _limit_content(self, request: InvokeDungeonMaster) -> InvokeDungeonMaster:
        """The request, at a level of content that this deployment allows."""
        return request.model_copy(update={"scene": hold_to(request.scene, self.settings.content)})

    def _reply(self, request: InvokeDungeonMaster, stream: ReplyStream | None) -> DungeonMasterReplied:
        if request.provider == UNDERSTUDY:
            return self._stand_in(request, stream)
        limits, cheap = self.settings.limits, self.settings.cheap_model
        economy = choose_economy(request.spent, limits, has_cheap_model=bool(cheap))
        model = cheap if economy == "cheap-model" else self.settings.model
        if limits.are_set and not self.is_priced(model):
            economy = "understudy"
        if economy == "understudy":
            reply = self._stand_in(request, stream)
        else:
            reply = self._ask_guarded(request if economy == "full" else shorten(request), model, stream)
        judge = self.settings.judge if reply.told_by == "model" else "off"
        return reply.model_copy(update={"economy": economy, "judge": judge})

    def _ask_guarded(
        self, request: InvokeDungeonMaster, model: str, stream: ReplyStream | None
    ) -> DungeonMasterReplied:
        """The model's reply, or the story that declines what its provider's guardrail did not let through. Once
        something has happened in the turn, it is told by the understudy instead."""
        try:
            return self._ask(request, model, stream)
        except ActionDeclined as declined:
            if request.rounds:
                raise ModelRefused(f"guardrail: {declined.category}") from None
            return decline(request, declined.category, help=self.settings.help, usage=declined.usage)

    def _ask(self, request: InvokeDungeonMaster, model: str, stream: ReplyStream | None) -> DungeonMasterReplied:
        prompt = self._compose(request, self.catalogue, stream.opening if stream else None)
        hear = stream.hear if stream and self.settings.streams else None
        completion = mend(self.open_model().complete(prompt, model, hear), self.catalogue)
        if prompt.must_tell and request.tools_allowed:
            completion = prefer_story(completion)
        usage = completion.usage.model_copy(update={"prompt": self.prompt_version})
        return assemble_reply(request, completion.texts, completion.uses, cut=completion.cut, usage=usage)

    @property
    def _compose(self) -> Compose:
        return compose_small if self.settings.profile == "small" else compose

    def _stand_in(self, request: InvokeDungeonMaster, stream: ReplyStream | None) -> DungeonMasterReplied:
        return self.understudy(request, told=len(stream.opening or "") if stream else 0)
