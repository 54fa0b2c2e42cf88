/**
 * A campaign that is played: its sheet, its story, and the turn that is being told.
 *
 * A request is kept with its key until it is answered, so that a dropped line, a reload or a second click is still one
 * turn. Emits "change" whenever something the screen shows is different, and "giveback" with words that were not heard.
 */

/** @import { Campaign, FeedEvent, ProgressEvent, Turn } from "./api_types.d.ts" */
/** @import { Mode } from "./feed.js" */
/** @import { News } from "./progress.js" */
/** @import { SentRequest, TurnRequest } from "./storage.js" */
/** @import { ChaosChoice, Trouble } from "./texts.js" */
/** @import { Answer } from "./transport.js" */

import * as api from "./api.js";
import { Feed } from "./feed.js";
import { PlayingTurn } from "./playing_turn.js";
import { LONG_SILENCE } from "./progress.js";
import * as storage from "./storage.js";
import { describeTrouble } from "./texts.js";

/**
 * What became of one of two requests; `kind` is of its error.
 * @typedef {{ status: number, id: string | null, replayed: boolean, kind?: string }} Outcome
 */

/** @typedef {{ key: string, first: Outcome | null, second: Outcome | null }} Duplicates */

/**
 * What sending the same request again showed: `before` and `after` are turns of the campaign.
 * @typedef {object} Replay
 * @property {string} of the turn's id
 * @property {number} status
 * @property {boolean} same
 * @property {boolean} replayed
 * @property {number} before
 * @property {number} after
 * @property {number} milliseconds
 */

const WAIT_SECONDS = 20; // the API's own limit
const HEARING_SECONDS = 19; // less than that: who waits so long as may be is told nothing before the end
const SLOWEST_SECONDS = 15; // between two tries on a dead line
const MOST_EVENTS = 200;
const ENDS = new Set(["turn-answered", "turn-failed", "campaign-ended"]);

/** @param {number} seconds */
const sleep = (seconds) => new Promise((later) => setTimeout(later, seconds * 1000));

/** @param {Turn} turn */
const isFinished = (turn) => turn.status === "resolved" || turn.status === "failed";

/**
 * @param {Answer} answer
 * @returns {Outcome}
 */
const outcomeOf = (answer) => ({ status: answer.status, id: answer.body.id, replayed: wasReplayed(answer) });

/** @param {Answer} answer */
const wasReplayed = ({ headers }) => headers.get("idempotency-replayed") === "true";

/**
 * Whether asking again may help.
 * @param {unknown} error
 * @returns {error is api.ApiError}
 */
const isTransient = (error) => error instanceof api.ApiError && (error.status >= 500 || error.status === 429);

export class Game extends EventTarget {
  /** @type {Campaign | null} */
  campaign = null;
  /** @type {Turn[]} oldest first */
  turns = [];
  /** @type {string | null} the turn to ask for pages before; null when the beginning is there */
  earlier = null;
  /** @type {PlayingTurn | null} */
  playing = null;
  /** @type {Trouble | null} */
  trouble = null;
  /** @type {Replay | null} */
  replay = null;
  /** @type {ChaosChoice | null} what the next action will break */
  armed = null;
  /** @type {Duplicates | null} what became of an action that was sent twice */
  duplicates = null;
  /** @type {News[]} */
  events = [];
  /** @type {Mode} */
  feedMode = "silent";
  /** @type {string | null} the id of the turn that was told just now */
  newTurnId = null;

  #closed = false;
  /** @type {Promise<void> | null} */
  #reloading = null;

  /** @param {string} id */
  constructor(id) {
    super();
    this.id = id;
    this.feed = new Feed(id, {
      onEvent: (event) => this.#onEvent(event),
      onProgress: (step) => this.#onProgress(step),
      onNarration: (turnId, told) => this.#onNarration(turnId, told),
      onPoll: () => this.#lookAtNarration(),
      onMode: (mode) => {
        this.feedMode = mode;
        this.#changed();
      },
    });
  }

  get sheet() {
    return this.campaign?.sheet ?? null;
  }

  get isOver() {
    return this.sheet?.state.status === "ended";
  }

  get lastResolved() {
    return this.turns.findLast((turn) => turn.status === "resolved") ?? null;
  }

  /** What could be done next, as the last turn says, or the opening. */
  get suggestions() {
    return (this.lastResolved ?? this.campaign)?.suggested_actions ?? [];
  }

  get newest() {
    return this.turns.at(-1) ?? null;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  async open() {
    const { active_turn } = await this.#reload();
    this.feed.open();
    const pending = storage.loadPending(this.id);
    if (pending) this.#carryOut(pending);
    else if (active_turn) this.#watch(active_turn);
  }

  close() {
    this.feed.close();
    this.#closed = true;
  }

  async #reload() {
    const [campaign, page] = await Promise.all([api.campaign(this.id), api.turns(this.id)]);
    this.campaign = campaign;
    this.turns = page.items.filter(isFinished).reverse();
    this.earlier = page.next_before ?? null;
    this.#changed();
    return campaign;
  }

  async loadEarlier() {
    const page = await api.turns(this.id, this.earlier);
    this.turns = [...page.items.filter(isFinished).reverse(), ...this.turns];
    this.earlier = page.next_before ?? null;
    this.#changed();
  }

  /**
   * Play an action. A second call while one is under way is not another turn.
   * @param {string} action
   */
  act(action) {
    if (!this.campaign || this.playing || this.isOver || !action.trim()) return false;
    /** @type {TurnRequest} */
    const request = { key: api.newKey(), action: action.trim(), expected: this.campaign.turn + 1 };
    const { armed } = this;
    if (armed && armed !== "twice") request.chaos = armed;
    this.armed = null;
    storage.savePending(this.id, request);
    this.#carryOut(request);
    if (armed === "twice") this.#sendDuplicate(request);
    return true;
  }

  /**
   * What the next action shall break; the same again, or null, is nothing.
   * @param {ChaosChoice | null} choice
   */
  arm(choice) {
    this.armed = this.armed === choice ? null : choice;
    this.#changed();
  }

  dismissTrouble() {
    this.trouble = null;
    this.#changed();
  }

  /** @param {TurnRequest} request */
  async #carryOut(request) {
    this.trouble = null;
    const playing = this.#begin(request.action, request.turn_id ?? null);
    for (let tries = 0; !this.#closed; tries += 1) {
      try {
        const answer = await api.act(this.id, request, HEARING_SECONDS);
        const turn = answer.body;
        storage.savePending(this.id, { ...request, turn_id: turn.id });
        storage.saveSent(this.id, turn.id, request);
        this.trouble = null;
        playing.identify(turn.id);
        this.#noteDuplicate("first", request.key, outcomeOf(answer));
        await this.#end(await this.#finished(turn));
        return;
      } catch (error) {
        if (!(await this.#canRetry(error, request, tries))) return;
      }
    }
  }

  /**
   * @param {string} action
   * @param {string | null} turnId
   */
  #begin(action, turnId) {
    this.playing = new PlayingTurn(action, turnId);
    this.feed.watch(true);
    this.#changed();
    return this.playing;
  }

  /**
   * The second of two at once: nobody waits for it, and what becomes of it is only shown.
   * @param {TurnRequest} request
   */
  async #sendDuplicate(request) {
    this.duplicates = { key: request.key, first: null, second: null };
    try {
      this.#noteDuplicate("second", request.key, outcomeOf(await api.act(this.id, request, HEARING_SECONDS)));
    } catch (error) {
      const { status, kind } = error instanceof api.ApiError ? error : { status: 0, kind: "silence" };
      this.#noteDuplicate("second", request.key, { status, id: null, replayed: false, kind });
    }
    this.#changed();
  }

  /**
   * @param {"first" | "second"} which
   * @param {string} key
   * @param {Outcome} outcome
   */
  #noteDuplicate(which, key, outcome) {
    if (this.duplicates?.key !== key || this.duplicates[which]) return;
    this.duplicates = { ...this.duplicates, [which]: outcome };
  }

  /**
   * Wait on what can be waited for (true: send the same request again), give the words back otherwise.
   * @param {unknown} error
   * @param {TurnRequest} request
   * @param {number} tries
   */
  async #canRetry(error, request, tries) {
    if (error instanceof api.NoAnswer) {
      await this.#waitForLine(tries);
      return true;
    }
    if (isTransient(error)) {
      await this.#countDown(Math.max(1, error.retryAfter ?? 2 ** Math.min(tries, 4)), error);
      return true;
    }
    if (error instanceof api.ApiError) await this.#refuse(error, request);
    else this.#giveBack(request, describeTrouble("signed-out")); // nobody signed in
    return false;
  }

  /**
   * @param {api.ApiError} error
   * @param {TurnRequest} request
   */
  async #refuse({ kind, problem }, request) {
    this.#giveBack(request, describeTrouble(kind, problem));
    if (kind === "turn-in-progress") this.#watch(problem.instance?.split("/").pop());
    if (kind === "turn-conflict" || kind === "campaign-over") await this.#tryToReload();
  }

  async #tryToReload() {
    try {
      await this.#reload();
    } catch {
      /* what is here stands: the next turn brings the news */
    }
  }

  /**
   * The words go back into the box, with why.
   * @param {TurnRequest} request
   * @param {Trouble} why
   */
  #giveBack({ action }, why) {
    storage.savePending(this.id, null);
    if (storage.loadDraft(this.id) === "") storage.saveDraft(this.id, action);
    this.playing = null;
    this.feed.watch(false);
    this.trouble = why;
    this.dispatchEvent(new CustomEvent("giveback", { detail: action }));
    this.#changed();
  }

  /**
   * Until the browser says the line is back, or it is time to try anyway.
   * @param {number} tries
   */
  async #waitForLine(tries) {
    this.trouble = describeTrouble("offline");
    this.#changed();
    await new Promise((later) => {
      const done = () => {
        removeEventListener("online", done);
        clearTimeout(timer);
        later(undefined);
      };
      const timer = setTimeout(done, Math.min(SLOWEST_SECONDS, 2 ** tries) * 1000);
      addEventListener("online", done);
    });
  }

  /**
   * @param {number} seconds
   * @param {api.ApiError} error
   */
  async #countDown(seconds, error) {
    for (let left = Math.ceil(seconds); left > 0; left -= 1) {
      this.trouble =
        error.status === 429 ? describeTrouble("rate-limited", { seconds: left }) : describeTrouble("busy");
      this.#changed();
      await sleep(1);
    }
  }

  /**
   * A turn somebody else started, or that a reload found under way.
   * @param {string | undefined} turnId
   */
  async #watch(turnId) {
    if (!turnId || this.playing) return;
    const playing = this.#begin("", turnId);
    for (const event of this.events) if (playing.follow(event)) this.#changeWhenSilent(); // heard before it was watched
    for (let tries = 0; !this.#closed; tries += 1) {
      try {
        await this.#end(await this.#finished(await api.turn(this.id, turnId)));
        return;
      } catch (error) {
        if (error instanceof api.ApiError && !isTransient(error)) break;
        await this.#waitForLine(tries);
      }
    }
    this.playing = null;
    this.#changed();
  }

  /** @param {Turn} found */
  async #finished(found) {
    let turn = found;
    while (!isFinished(turn)) {
      if (this.playing) this.playing.action = turn.action;
      this.#onNarration(turn.id, turn.told ?? "");
      this.playing?.accept();
      this.#changed();
      turn = await api.turn(this.id, turn.id, WAIT_SECONDS);
    }
    return turn;
  }

  /** @param {Turn} turn */
  async #end(turn) {
    storage.savePending(this.id, null);
    this.feed.watch(false);
    if (this.playing) this.playing.isEnded = true;
    if (turn.status === "failed") await this.#tryToReload(); // perhaps because the story had ended
    if (!this.#hasTurn(turn.id)) this.turns = [...this.turns, turn];
    this.newTurnId = turn.id;
    this.playing = null;
    this.trouble = null;
    if (turn.campaign && this.campaign) {
      const { status } = turn.campaign.state;
      const number = turn.number ?? this.campaign.turn;
      this.campaign = { ...this.campaign, sheet: turn.campaign, turn: number, status, active_turn: null };
    }
    this.#changed();
  }

  /** @param {string | null | undefined} id */
  #hasTurn(id) {
    return this.turns.some((turn) => turn.id === id);
  }

  /** @param {FeedEvent} event */
  #onEvent(event) {
    this.events = [...this.events, event].slice(-MOST_EVENTS);
    if (this.playing?.hear(event)) this.#changeWhenSilent();
    if (ENDS.has(event.type)) this.#onEndElsewhere(event);
    this.#changed();
  }

  /** @param {ProgressEvent} step */
  #onProgress(step) {
    if (this.events.some(({ id }) => id === step.id)) return;
    this.events = [...this.events, step].slice(-MOST_EVENTS);
    if (this.playing?.hear(step)) this.#changeWhenSilent();
    this.#changed();
  }

  /** A long silence is news, too: see progressOf. */
  #changeWhenSilent() {
    setTimeout(() => {
      this.playing?.noticeSilence();
      if (this.playing) this.#changed();
    }, LONG_SILENCE + 20);
  }

  /**
   * A turn that ended in another window, or a story that did: its pages are fetched.
   * @param {FeedEvent} event
   */
  #onEndElsewhere(event) {
    if (this.playing || !this.campaign || this.isOver || this.#hasTurn(event.turn_id)) return;
    const newest = Date.parse(this.newest?.accepted_at ?? this.campaign.started_at);
    if (event.turn_id && Date.parse(event.sent_at) < newest) return; // older than what is here
    this.#reloading ??= this.#tryToReload().finally(() => {
      this.#reloading = null;
    });
  }

  /**
   * @param {string} turnId
   * @param {string} told
   */
  #onNarration(turnId, told) {
    if (!this.#hasTurn(turnId) && this.playing?.narrate(turnId, told)) this.#changed();
  }

  async #lookAtNarration() {
    const { playing } = this;
    if (!playing?.id || playing.isEnded) return;
    const turn = await api.turn(this.id, playing.id);
    this.#onNarration(turn.id, turn.told ?? "");
  }

  /**
   * The same request with the same key once more: what a second click, or a nervous network, does.
   * @param {Turn} turn
   * @param {SentRequest} sent
   */
  async sendAgain(turn, sent) {
    const request = { ...sent, action: turn.action, expected: turn.number ?? 0 };
    const before = (await api.campaign(this.id)).turn;
    const since = performance.now();
    const answer = await api.act(this.id, request, 0);
    const milliseconds = Math.round(performance.now() - since);
    const after = (await api.campaign(this.id)).turn;
    const same = answer.body.id === turn.id;
    const replayed = wasReplayed(answer);
    this.replay = { of: turn.id, status: answer.status, same, replayed, before, after, milliseconds };
    this.#changed();
  }
}
