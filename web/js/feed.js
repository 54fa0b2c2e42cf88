/**
 * What happens to a campaign while it happens. A WebSocket where there is one, the events endpoint where there is not,
 * and nothing where there is neither: the game never depends on it. Events come in order, each once; the steps of a
 * running turn come over the socket alone, or not at all.
 */

/** @import { FeedEvent, ProgressEvent, SocketMessage } from "./api_types.d.ts" */

import * as api from "./api.js";
import { config } from "./config.js";

/** @typedef {"live" | "polling" | "silent"} Mode */

/**
 * @typedef {object} Listener
 * @property {(event: FeedEvent) => void} onEvent
 * @property {(step: ProgressEvent) => void} onProgress gets the steps of a running turn, some twice, late or never
 * @property {(turnId: string, told: string) => void} onNarration gets the beginning of a running turn's story
 * @property {() => Promise<void>} onPoll is called after each look without a socket
 * @property {(mode: Mode) => void} onMode
 */

const HEARTBEAT_SECONDS = 240; // API Gateway closes a connection that is idle for 600
const POLL_MILLISECONDS = 700; // while a turn runs and there is no socket
const SILENCE_MILLISECONDS = 4000; // while a turn runs: after that a pushed event may have been lost
const SLOWEST_SECONDS = 30; // between two tries to connect
const MOST_PAGES = 20; // of events that are caught up with before it is left alone

/**
 * By a path of our own origin where the configuration names one: the content security policy allows no other.
 * @param {string} ticket
 * @param {string} url
 */
function address(ticket, url) {
  if (!config.ws_url) return url;
  const own = new URL(config.ws_url, location.href);
  own.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  own.searchParams.set("ticket", ticket);
  return own.href;
}

export class Feed {
  /** @type {Mode} */
  #mode = "silent";
  #after = 0; // the sequence of the newest event
  #closed = false;
  #tries = 0;
  #running = false; // a turn
  #watching = false;
  #heardAt = 0; // when the socket last said something
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #heartbeat;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #reconnection;
  /** @type {Promise<boolean> | null} */
  #catchingUp = null;

  /**
   * @param {string} campaignId
   * @param {Listener} listener
   */
  constructor(campaignId, listener) {
    this.campaignId = campaignId;
    this.listener = listener;
  }

  async open() {
    this.#setMode((await this.#catchUp()) ? "polling" : "silent");
    this.#connect();
  }

  /**
   * While a turn runs: look at the events endpoint when no socket tells, or has been silent for long.
   * @param {boolean} running
   */
  watch(running) {
    this.#running = running;
    this.#heardAt = Date.now();
    if (running && !this.#watching) this.#look();
  }

  close() {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#reconnection);
    this.#socket?.close();
  }

  /** @param {Mode} mode */
  #setMode(mode) {
    this.#mode = mode;
    this.listener.onMode(mode);
  }

  async #look() {
    this.#watching = true;
    while (this.#running && !this.#closed) {
      if (this.#mode === "polling") {
        await this.#catchUp();
        await this.listener.onPoll().catch(() => {}); // the next look may be luckier
      } else if (Date.now() - this.#heardAt >= SILENCE_MILLISECONDS) {
        await this.#catchUp();
        this.#heardAt = Date.now();
      }
      await new Promise((later) => setTimeout(later, POLL_MILLISECONDS));
    }
    this.#watching = false;
  }

  /** Read the events that are not known yet. False when the endpoint does not answer. */
  #catchUp() {
    this.#catchingUp ??= this.#readPages().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #readPages() {
    try {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { items, more } = await api.events(this.campaignId, this.#after);
        for (const event of items) this.#take(event);
        if (!more) break;
      }
      return true;
    } catch {
      return false;
    }
  }

  /** @param {FeedEvent} event */
  #take(event) {
    if (event.sequence <= this.#after) return;
    this.#after = event.sequence;
    this.listener.onEvent(event);
  }

  async #connect() {
    if (this.#closed) return;
    try {
      const { ticket, url } = await api.ticket();
      this.#openSocket(address(ticket, url));
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) this.#connectLater();
    }
  }

  /** @param {string} url */
  #openSocket(url) {
    let socket;
    try {
      socket = new WebSocket(url);
    } catch {
      return; // a browser or a policy that allows none: polling goes on
    }
    this.#socket = socket;
    socket.onopen = () => {
      send(socket, { type: "subscribe", campaign_id: this.campaignId, after_sequence: this.#after });
      this.#heartbeat = setInterval(() => send(socket, { type: "ping" }), HEARTBEAT_SECONDS * 1000);
    };
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(data));
    socket.onclose = () => {
      clearInterval(this.#heartbeat);
      if (this.#closed) return;
      this.#setMode("polling");
      this.#connectLater();
    };
  }

  /** @param {SocketMessage} message */
  #onMessage({ type, event, progress, campaign_id, turn_id, told }) {
    this.#heardAt = Date.now();
    if (type === "subscribed") {
      this.#tries = 0;
      this.#setMode("live");
    } else if (type === "event" && event?.campaign_id === this.campaignId) {
      if (event.sequence > this.#after + 1) this.#catchUp();
      else this.#take(event);
    } else if (type === "progress" && campaign_id === this.campaignId) {
      for (const step of progress ?? []) this.listener.onProgress(step);
    } else if (type === "narration" && turn_id && campaign_id === this.campaignId) {
      this.listener.onNarration(turn_id, told ?? "");
    }
  }

  #connectLater() {
    this.#tries += 1;
    const seconds = Math.min(SLOWEST_SECONDS, 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#reconnection = setTimeout(() => this.#connect(), seconds * 1000);
  }
}

/**
 * @param {WebSocket} socket
 * @param {object} message
 */
const send = (socket, message) => socket.send(JSON.stringify(message));
