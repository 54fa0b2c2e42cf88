/** Behind the curtain: what the machine did for a turn. Nothing here is for show: it is what the API says. */

/** @import { Turn } from "../api_types.d.ts" */
/** @import { Game } from "../game.js" */
/** @import { Progress } from "../progress.js" */

import { config } from "../config.js";
import { h, show } from "../dom.js";
import { LONG_SILENCE, progressOf } from "../progress.js";
import { attemptsPart } from "./attempts.js";
import { chaosPart } from "./chaos.js";
import { eventStreamPart } from "./event_stream.js";
import { costsPart, visitsOf, waterfall } from "./figures.js";
import { groundingPart } from "./grounding.js";
import { idempotencyPart } from "./idempotency.js";
import { Workflow } from "./workflow.js";

const SERVICES = ["gateway", "campaign", "lore", "chronicle", "dm", "tools"];
const NEARLY_SILENT = LONG_SILENCE - 100; // milliseconds: from here on the graph may change without an event

/** What the curtain shows of a game. It is drawn only while it is open. */
export class Curtain {
  #graph = new Workflow();
  #title = h("h3");
  #levers = h("div", { class: "levers-place", hidden: !config.chaos });
  #rest = h("div", { class: "curtain-rest" });
  /** @type {unknown[]} what the parts were drawn of */
  #drawn = [];
  /** @type {unknown[]} */
  #drawnLevers = [];

  /** @param {Game} game */
  constructor(game) {
    this.game = game;
    const legend = SERVICES.map((name) => h("span", { class: name }, name));
    const scene = h("section", {}, this.#title, this.#graph.element, h("p", { class: "legend" }, legend));
    this.element = h("div", { class: "curtain-body" }, scene, this.#levers, this.#rest);
  }

  draw() {
    if (!this.element.parentElement || this.element.parentElement.hidden) return;
    const { playing, turns, events, feedMode, replay, armed, duplicates, isOver } = this.game;
    const levers = [armed, duplicates, isOver];
    const values = [turns, playing, playing?.events, playing?.steps, events, feedMode, replay, ...levers];
    const isSilent = playing !== null && Date.now() - playing.heardAt >= NEARLY_SILENT;
    if (!isSilent && areSame(values, this.#drawn)) return;
    if (config.chaos && !areSame(levers, this.#drawnLevers)) this.#drawLevers();
    this.#drawn = values;
    this.#drawnLevers = levers;
    this.#drawTurn(playing ? null : this.game.newest);
  }

  #drawLevers() {
    keepingFocus(this.#levers, () => show(this.#levers, chaosPart(this.game)));
  }

  /** @param {Turn | null} turn the newest, null while another is being told */
  #drawTurn(turn) {
    const { game } = this;
    const progress = progressIn(game, turn);
    this.#title.textContent = `The workflow of ${nameOf(game, turn)}`;
    if (turn) this.#graph.light({ done: visitsOf(turn) });
    else this.#graph.light(lightsOf(game, progress));
    keepingFocus(this.#rest, () =>
      show(
        this.#rest,
        turn && turn.trace.length > 0 && waterfall(turn.trace),
        attemptsPart(progress.attempts),
        turn?.status === "resolved" && costsPart(turn),
        turn?.report && groundingPart(turn.report),
        turn?.number ? idempotencyPart(game, turn) : null,
        eventStreamPart(game.events, game.feedMode),
      ),
    );
  }
}

/**
 * @param {unknown[]} values
 * @param {unknown[]} others
 */
const areSame = (values, others) => values.length === others.length && values.every((value, n) => value === others[n]);

/**
 * The last turn, told or not, as the events know it.
 * @param {Game} game
 * @param {Turn | null} turn
 */
function progressIn({ playing, events }, turn) {
  if (playing) return progressOf(playing.events, Date.now() - playing.heardAt);
  return progressOf(turn ? events.filter((event) => event.turn_id === turn.id) : []);
}

/**
 * @param {Game} game
 * @param {Turn | null} turn
 */
function nameOf({ playing }, turn) {
  if (playing) return "the turn that is being told";
  return turn?.number ? `turn ${turn.number}` : "a turn";
}

/**
 * @param {Game} game
 * @param {Progress} progress
 */
const lightsOf = ({ playing }, { done, now, likely, failed }) => ({
  done,
  now: now ?? (playing ? /** @type {const} */ ("OpenTurn") : null),
  likely,
  failing: failed,
});

/**
 * Draw `place` anew; what had the focus has it again.
 * @param {Element} place
 * @param {() => void} draw
 */
function keepingFocus(place, draw) {
  const nameOf = (/** @type {Element} */ { tagName, textContent, ariaLabel }) =>
    `${tagName} ${ariaLabel ?? textContent}`;
  const { activeElement } = document;
  const focused = activeElement && place.contains(activeElement) ? nameOf(activeElement) : null;
  draw();
  if (!focused) return;
  const again = [...place.querySelectorAll("button, [tabindex], summary")].find((each) => nameOf(each) === focused);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
