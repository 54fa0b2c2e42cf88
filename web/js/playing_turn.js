/** The turn that is being told, as far as it is known here. */

/** @import { News, State } from "./progress.js" */
/** @import { STEPS } from "./texts.js" */

import { progressOf } from "./progress.js";

/** @typedef {keyof typeof STEPS} Step */

const CLOCKS_DIFFER = 5000; // milliseconds, at most, between the city's clock and this one

/** @type {Record<State, Step>} what goes on in a state of the workflow */
const STEP_IN = {
  OpenTurn: "lore",
  RetrieveLore: "lore",
  RecallChronicle: "lore",
  InvokeDungeonMaster: "master",
  ValidateAndRoute: "rules",
  ExecuteTool: "rules",
  SettleEffects: "rules",
  RefreshLore: "rules",
  PlayWorld: "rules",
  SettleWorld: "master", // the master is asked next, and it is the master who takes long
  PersistCampaign: "resolved",
  FormatResponse: "resolved",
};

export class PlayingTurn {
  /** @type {Step[]} it has come to, each time another array; the last is what goes on now */
  steps = [];
  /** @type {News[]} each time another array */
  events = [];
  told = ""; // the beginning of its story
  isEnded = false;

  /**
   * @param {string} action
   * @param {string | null} id null until it is known
   */
  constructor(action, id) {
    this.action = action;
    this.id = id;
    this.since = Date.now(); // when it began here, by this clock
    this.heardAt = this.since; // when something was last heard of it
  }

  /**
   * The turn has this id; what was heard of another meanwhile is not of it.
   * @param {string} id
   */
  identify(id) {
    if (this.id !== id) Object.assign(this, { id, steps: [], events: [], told: "" });
  }

  /**
   * Take an event that came in just now: the first turn that is accepted from here on is this one.
   * @param {News} event
   */
  hear(event) {
    if (Date.parse(event.sent_at) < this.since - CLOCKS_DIFFER) return false;
    if (event.type === "turn-accepted") this.id ??= event.turn_id ?? null;
    return this.follow(event);
  }

  /**
   * Take an event; false when it is not of this turn, or known.
   * @param {News} event
   */
  follow(event) {
    if (!event.turn_id || event.turn_id !== this.id || this.events.some(({ id }) => id === event.id)) return false;
    this.events = [...this.events, event];
    this.heardAt = Date.now();
    const { now } = progressOf(this.events);
    if (now) this.reach(STEP_IN[now]);
    return true;
  }

  /** Nothing was heard for long: that says where it is. See progressOf. */
  noticeSilence() {
    const { now } = progressOf(this.events, Date.now() - this.heardAt);
    if (now && this.events.length > 0) this.reach(STEP_IN[now]);
  }

  /**
   * Take the beginning of a story. It only grows: what is shorter came late. False when it is not news.
   * @param {string} id
   * @param {string} told
   */
  narrate(id, told) {
    if (!told) return false;
    this.id ??= id;
    if (this.id !== id || told.length <= this.told.length) return false;
    this.told = told;
    this.reach("master");
    return true;
  }

  /** The city has it: that is all that is known until an event says more. */
  accept() {
    if (this.steps.length === 0) this.reach("accepted");
  }

  /** @param {Step} step */
  reach(step) {
    if (this.steps.at(-1) !== step) this.steps = [...this.steps, step];
  }
}
