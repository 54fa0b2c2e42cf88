/** The story as it stands on the page: it grows at its end, and what is being read does not move. */

/** @import { Turn } from "../api_types.d.ts" */
/** @import { Game } from "../game.js" */
/** @import { PlayingTurn, Step } from "../playing_turn.js" */

import { arrange, button, clearRead, h, prefersReducedMotion, read, say, show } from "../dom.js";
import { SENT, STEPS } from "../texts.js";
import { throwsOf, throwText } from "../throws.js";
import { epilogue, PlayingCard, prologue, turnCard } from "./story.js";

/** @typedef {{ element: HTMLElement, isRetryable: boolean }} Card */

const ABOVE = 20; // pixels kept free above what is scrolled to, as in screens.css
const BELOW = 24;

export class StoryColumn {
  #story = h("div", { class: "story", id: "story" }, h("p", { class: "loading" }, "Finding your page …"));
  #older;
  /** @type {HTMLElement | undefined} */
  #prologue;
  /** @type {HTMLElement | undefined} */
  #epilogue;
  /** @type {Map<string, Card>} by the id of a turn: each is made once */
  #cards = new Map();
  /** @type {PlayingCard | null} */
  #playing = null;
  /** @type {Step | "sent" | null} that was said last */
  #step = null;
  #hasWandered = false; // the reader has scrolled away from the end

  /**
   * @param {Game} game
   * @param {(action: string) => void} act
   */
  constructor(game, act) {
    this.game = game;
    this.act = act;
    const wander = () => {
      this.#hasWandered = true;
    };
    const region = { tabindex: 0, role: "region", "aria-label": "The story so far" };
    const moves = { onwheel: wander, ontouchmove: wander, onkeydown: wander };
    this.element = h("div", { class: "scroller", ...region, ...moves }, this.#story);
    new ResizeObserver(() => this.#stay()).observe(this.element);
    this.#older = button("button quiet", () => game.loadEarlier(), {}, "Earlier pages");
  }

  /** @param {...import("../dom.js").Child} children in the place of the story */
  showInstead(...children) {
    show(this.#story, ...children);
  }

  scrollToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  draw() {
    const { game } = this;
    const { campaign, playing } = game;
    if (!campaign) return;
    const hasBegun = playing !== null && this.#playing?.since !== playing.since;
    if (hasBegun) this.#begin(playing);
    if (playing && this.#playing) read(...this.#playing.draw(playing));
    this.#prologue ??= prologue(campaign);
    const top = game.earlier ? this.#older : this.#prologue;
    const cards = game.turns.map((turn) => this.#card(turn));
    if (game.isOver) this.#epilogue ??= epilogue(game.id, campaign.sheet);
    if (!playing) this.#playing = null;
    arrange(this.#story, [top, ...cards, this.#playing?.element, this.#epilogue]);
    this.#sayStep();
    if (!this.#hasWandered || hasBegun) requestAnimationFrame(() => this.#follow());
  }

  /** @param {PlayingTurn} playing */
  #begin({ since }) {
    this.#playing = new PlayingCard(since);
    this.#hasWandered = false;
    this.#step = null;
    clearRead();
  }

  /**
   * A turn's card is made once. The text and the dice that were told live are taken over as they stand.
   * @param {Turn} turn
   */
  #card(turn) {
    const { game } = this;
    const isRetryable = turn.status === "failed" && turn === game.newest && !game.playing && !game.isOver;
    const made = this.#cards.get(turn.id);
    if (made?.isRetryable === isRetryable) return made.element;
    const isNew = !made && turn.id === game.newTurnId;
    const live = isNew && this.#playing?.text.text ? this.#playing.text.settle() : undefined;
    const unread = live?.update(turn.narrative ?? "", true);
    const element = turnCard(turn, {
      context: { campaignId: game.id },
      retry: isRetryable ? this.act : null,
      isNew,
      text: live,
      seen: isNew ? this.#playing?.seen : undefined,
    });
    this.#cards.set(turn.id, { element, isRetryable });
    if (isNew) announce(turn, unread);
    return element;
  }

  /** What the running turn has come to, for those who hear the page; once the story itself is read, that is enough. */
  #sayStep() {
    const { playing } = this.game;
    const step = playing && (playing.steps.at(-1) ?? "sent");
    if (step && step !== this.#step && !playing.told) say(step === "sent" ? SENT : STEPS[step]);
    this.#step = step;
  }

  /** What was in view stays so when a keyboard or a fight takes some of the height. */
  #stay() {
    if (!this.#hasWandered && this.game.campaign) this.#follow("auto");
  }

  /**
   * Bring the end of the last element into view, but never push its beginning out of it.
   * @param {ScrollBehavior} [behavior]
   */
  #follow(behavior = this.#behavior()) {
    const last = this.#story.lastElementChild;
    if (!(last instanceof HTMLElement)) return;
    const scroller = this.element;
    const end = last.offsetTop + last.offsetHeight + BELOW - scroller.clientHeight;
    const top = Math.min(last.offsetTop - ABOVE, Math.max(scroller.scrollTop, end));
    if (Math.abs(top - scroller.scrollTop) > 1) scroller.scrollTo({ top, behavior });
  }

  /** @returns {ScrollBehavior} */
  #behavior() {
    const isPlayed = Boolean(this.game.newTurnId || this.game.playing);
    return isPlayed && !prefersReducedMotion() ? "smooth" : "auto";
  }
}

/**
 * @param {Turn} turn
 * @param {string[] | undefined} unread what was not read yet of a story that was told live
 */
function announce(turn, unread) {
  const rolls = throwsOf(turn.rolls, turn.effects).map((thrown) => `${throwText(thrown)}.`);
  if (turn.status === "failed") say("The turn failed. Nothing changed; you can act again.");
  else if (unread) read(...unread, `That was turn ${turn.number}.`, ...rolls);
  else say([`Turn ${turn.number}.`, turn.narrative, ...rolls].join(" "));
}
