/**
 * A campaign at the table: its sheet, its story, and the turn that is being played.
 *
 * A wish is kept with its key until it is answered, so that a dropped line, a reload or a second click is still one
 * turn. Emits "change" whenever something the screen shows is different.
 */

import * as api from "./api.js";
import * as kept from "./kept.js";
import { Live } from "./live.js";
import { UNHURRIED } from "./progress.js";
import { trouble } from "./voice.js";

const WAIT = 20; // seconds: the API's own limit
const SLOWEST = 15; // seconds between two tries on a dead line
const MOST_EVENTS = 200;
const STEP_OF = {
  "turn-accepted": "accepted",
  "lore-found": "lore",
  "master-failed": "master",
  "master-answered": "master",
  "tool-executed": "rules",
  "world-played": "rules",
  "turn-resolved": "resolved",
  "turn-answered": "resolved",
};
const ENDED = new Set(["turn-answered", "turn-failed", "campaign-ended"]);
const sleep = (seconds) => new Promise((later) => setTimeout(later, seconds * 1000));

export class Table extends EventTarget {
  campaign = null;
  turns = []; // oldest first
  earlier = null; // id to ask before, null when the beginning is there
  playing = null; // { action, key, chaos, turnId, since, steps, events, told, quiet, ended? }
  trouble = null;
  countdown = null;
  replay = null; // what sending the same wish again showed
  armed = null; // what the next action will break, or "twice"
  twins = null; // what became of an action that was sent twice
  events = [];
  feed = "silent";
  fresh = null; // id of the turn that was told just now

  constructor(id) {
    super();
    this.id = id;
    this.live = new Live(id, {
      heard: (event) => this.#heard(event),
      narrated: (turnId, told) => this.#narrated(turnId, told),
      looked: () => this.#looked(),
      state: (mode) => { this.feed = mode; this.#changed(); },
    });
  }

  get sheet() { return this.campaign?.sheet ?? null; }
  get over() { return this.sheet?.state.status === "ended"; }
  get last() { return this.turns.findLast((turn) => turn.status === "resolved") ?? null; }
  get newest() { return this.turns.at(-1) ?? null; }

  #changed() { this.dispatchEvent(new Event("change")); }

  async open() {
    await this.#reload();
    this.live.begin();
    const wish = kept.pending(this.id);
    if (wish) this.#carryOut(wish);
    else if (this.campaign.active_turn) this.#watch(this.campaign.active_turn);
  }

  close() { this.live.end(); this.closed = true; }

  async #reload() {
    const [campaign, page] = await Promise.all([api.campaign(this.id), api.turns(this.id)]);
    this.campaign = campaign;
    const finished = page.items.filter((turn) => turn.status === "resolved" || turn.status === "failed");
    this.turns = finished.reverse();
    this.earlier = page.next_before ?? null;
    this.#changed();
  }

  async more() {
    const page = await api.turns(this.id, this.earlier);
    this.turns = [...page.items.filter((turn) => turn.status === "resolved" || turn.status === "failed").reverse(), ...this.turns];
    this.earlier = page.next_before ?? null;
    this.#changed();
  }

  /** Play an action. A second call while one is under way is not another turn. */
  act(action) {
    if (!this.campaign || this.playing || this.over || !action.trim()) return false;
    const wish = { key: api.newKey(), action: action.trim(), expected: this.campaign.turn + 1 };
    const twice = this.armed === "twice";
    if (this.armed && !twice) wish.chaos = this.armed;
    this.armed = null;
    kept.keepPending(this.id, wish);
    this.#carryOut(wish);
    if (twice) this.#doubled(wish);
    return true;
  }

  /** What the next action shall break, or "twice"; the same again, or null, is nothing. */
  arm(what) { this.armed = this.armed === what ? null : what; this.#changed(); }

  dismiss() { this.trouble = null; this.#changed(); }

  async #carryOut(wish) {
    this.trouble = null;
    this.#begin(wish, wish.turn_id ?? null);
    for (let tries = 0; !this.closed; tries += 1) {
      try {
        const { status, body, headers } = await api.act(this.id, wish, WAIT);
        kept.keepPending(this.id, { ...wish, turn_id: body.id });
        kept.keepWish(this.id, body.id, wish);
        this.trouble = null;
        this.#named(body.id);
        this.#twin("first", wish, status, body, headers);
        await this.#told(await this.#finished(body));
        return;
      } catch (error) {
        if (!(await this.#survived(error, wish, tries))) return;
      }
    }
  }

  #begin(wish, turnId) {
    this.playing = { ...wish, turnId, since: Date.now(), steps: [], events: [], told: "", quiet: Date.now() };
    this.live.watch(true);
    this.#changed();
  }

  /** The turn that is being played has this id; what was heard of another meanwhile is not of it. */
  #named(turnId) {
    if (this.playing.turnId !== turnId) Object.assign(this.playing, { turnId, steps: [], events: [], told: "" });
  }

  /** The second of two at once: nobody waits for it, and what becomes of it is only shown. */
  async #doubled(wish) {
    this.twins = { key: wish.key, first: null, second: null };
    try {
      const { status, body, headers } = await api.act(this.id, wish, WAIT);
      this.#twin("second", wish, status, body, headers);
    } catch (error) {
      this.twins = { ...this.twins, second: { status: error.status ?? 0, id: null, replayed: false, kind: error.kind ?? "silence" } };
    }
    this.#changed();
  }

  #twin(which, { key }, status, body, headers) {
    if (this.twins?.key !== key || this.twins[which]) return;
    this.twins = { ...this.twins, [which]: { status, id: body.id, replayed: headers.get("idempotency-replayed") === "true" } };
  }

  /** Wait on what can be waited for (true: send the same wish again), give the words back otherwise. */
  async #survived(error, wish, tries) {
    if (error instanceof api.Silence) {
      this.trouble = trouble("offline");
      this.#changed();
      await this.#line(tries);
      return true;
    }
    if (!(error instanceof api.Refused)) return this.#givenBack(wish, trouble("signed-out")); // the door stayed shut
    if (error.status === 429 || error.status >= 500) {
      await this.#counted(Math.max(1, error.retryAfter ?? 2 ** Math.min(tries, 4)), error);
      return true;
    }
    this.#givenBack(wish, trouble(error.kind, { title: error.problem.title, detail: error.problem.detail }));
    if (error.kind === "turn-in-progress") this.#watch(error.problem.instance?.split("/").pop());
    if (error.kind === "turn-conflict" || error.kind === "campaign-over") await this.#reload().catch(() => {});
    return false;
  }

  /** The words go back into the box, with why. */
  #givenBack(wish, why) {
    kept.keepPending(this.id, null);
    if (kept.draft(this.id) === "") kept.keepDraft(this.id, wish.action);
    this.playing = null;
    this.live.watch(false);
    this.trouble = why;
    this.dispatchEvent(new CustomEvent("giveback", { detail: wish.action }));
    this.#changed();
    return false;
  }

  /** Until the browser says the line is back, or it is time to try anyway. */
  #line(tries) {
    return new Promise((later) => {
      const done = () => { removeEventListener("online", done); clearTimeout(timer); later(); };
      const timer = setTimeout(done, Math.min(SLOWEST, 2 ** tries) * 1000);
      addEventListener("online", done);
    });
  }

  async #counted(seconds, error) {
    for (let left = Math.ceil(seconds); left > 0; left -= 1) {
      this.trouble = error.status === 429 ? trouble("rate-limited", { seconds: left }) : trouble("busy");
      this.#changed();
      await sleep(1);
    }
  }

  /** A turn somebody else started, or that a reload found under way. */
  async #watch(turnId) {
    if (!turnId || this.playing) return;
    this.#begin({ action: "", ...kept.wishOf(this.id, turnId) }, turnId);
    this.#remember(turnId);
    for (let tries = 0; !this.closed; tries += 1) {
      try {
        await this.#told(await this.#finished(await api.turn(this.id, turnId)));
        return;
      } catch (error) {
        if (error instanceof api.Refused && error.status < 500 && error.status !== 429) break;
        this.trouble = trouble("offline");
        this.#changed();
        await this.#line(tries);
      }
    }
    this.playing = null;
    this.#changed();
  }

  async #finished(found) {
    let turn = found;
    while (turn.status !== "resolved" && turn.status !== "failed") {
      if (this.playing) this.playing.action = turn.action;
      this.#narrated(turn.id, turn.told ?? "");
      this.#step("accepted");
      this.#changed();
      turn = await api.turn(this.id, turn.id, WAIT);
    }
    return turn;
  }

  async #told(turn) {
    kept.keepPending(this.id, null);
    this.live.watch(false);
    if (this.playing) this.playing.ended = true;
    if (turn.status === "failed") await this.#reload().catch(() => {}); // perhaps because the story had ended
    if (!this.turns.some((each) => each.id === turn.id)) this.turns = [...this.turns, turn];
    this.fresh = turn.id;
    this.playing = null;
    this.trouble = null;
    if (turn.campaign) {
      this.campaign = { ...this.campaign, sheet: turn.campaign, turn: turn.number, status: turn.campaign.state.status, active_turn: null };
    }
    this.dispatchEvent(new CustomEvent("told", { detail: turn }));
    this.#changed();
  }

  #heard(event) {
    this.events = [...this.events, event].slice(-MOST_EVENTS);
    if (this.playing && Date.parse(event.sent_at) >= this.playing.since - 5000) {
      this.playing.turnId ??= event.type === "turn-accepted" ? event.turn_id : null;
      this.#follow(event);
    }
    if (ENDED.has(event.type)) this.#elsewhere(event);
    this.#changed();
  }

  #follow(event) {
    if (!event.turn_id || event.turn_id !== this.playing.turnId || this.playing.events.some(({ id }) => id === event.id)) return;
    this.playing.events = [...this.playing.events, event];
    this.playing.quiet = Date.now();
    setTimeout(() => this.playing && this.#changed(), UNHURRIED + 20);
    this.#step(STEP_OF[event.type]);
  }

  /** What was heard of a turn before it was known to be the one that is watched. */
  #remember(turnId) {
    this.events.filter((event) => event.turn_id === turnId).forEach((event) => this.#follow(event));
  }

  /** A turn that ended in another window, or a story that did: its pages are fetched. */
  #elsewhere(event) {
    if (this.playing || !this.campaign || this.over || this.turns.some((turn) => turn.id === event.turn_id)) return;
    if (event.turn_id && Date.parse(event.sent_at) < Date.parse(this.newest?.accepted_at ?? this.campaign.started_at)) return; // older than what is here
    this.reloading ??= this.#reload().catch(() => {}).finally(() => { this.reloading = null; });
  }

  /** The beginning of a running turn's story. It only grows: what is shorter came late. */
  #narrated(turnId, told) {
    if (!this.playing || !told || this.turns.some((turn) => turn.id === turnId)) return;
    this.playing.turnId ??= turnId;
    if (this.playing.turnId !== turnId || told.length <= this.playing.told.length) return;
    this.playing.told = told;
    this.#step("master");
    this.#changed();
  }

  async #looked() {
    const turnId = this.playing?.turnId;
    if (turnId && !this.playing.ended) this.#narrated(turnId, (await api.turn(this.id, turnId)).told ?? "");
  }

  #step(name) {
    if (name && this.playing && this.playing.steps.at(-1) !== name) this.playing.steps = [...this.playing.steps, name];
  }

  /** The same wish with the same key once more: what a second click, or a nervous network, does. */
  async sendAgain(turn) {
    const wish = { ...kept.wishOf(this.id, turn.id), action: turn.action, expected: turn.number };
    const before = (await api.campaign(this.id)).turn;
    const since = performance.now();
    const { status, body, headers } = await api.act(this.id, wish, 0);
    const milliseconds = Math.round(performance.now() - since);
    const after = (await api.campaign(this.id)).turn;
    const replayed = headers.get("idempotency-replayed") === "true";
    this.replay = { of: turn.id, status, same: body.id === turn.id, replayed, before, after, milliseconds };
    this.#changed();
  }
}
