/**
 * What happens to a campaign while it happens. A WebSocket where there is one, the events endpoint where there is not,
 * and nothing where there is neither: the game never depends on it. Events come in order, each once.
 */

import * as api from "./api.js";
import { config } from "./config.js";

const HEARTBEAT = 240; // seconds; API Gateway closes a connection that is idle for 600
const POLL = 700; // milliseconds, while a turn runs and there is no socket
const SLOWEST = 30; // seconds between two tries to connect
const MOST_AT_ONCE = 20; // pages of events that are caught up with before it is left alone

/** By a path of our own origin where the configuration names one: the content security policy allows no other. */
function address(ticket, url) {
  if (!config.ws_url) return url;
  const own = new URL(config.ws_url, location.href);
  own.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  own.searchParams.set("ticket", ticket);
  return own.href;
}

export class Live {
  #after = 0;
  #socket = null;
  #closed = false;
  #tries = 0;
  #beat = null;
  #timer = null;
  #polling = false;
  #catching = null;

  /**
   * `heard(event)` gets every FeedEvent; `narrated(turnId, told)` the beginning of a running turn's story; `looked()` is
   * called after each look without a socket; `state(word)` gets "live", "polling" or "silent".
   */
  constructor(campaignId, { heard, narrated, looked, state }) {
    Object.assign(this, { id: campaignId, heard, narrated, looked, state });
    this.mode = "silent";
  }

  async begin() {
    this.#now((await this.#catchUp()) ? "polling" : "silent");
    this.#connect();
  }

  /** While a turn runs: look at the events endpoint when no socket tells. */
  watch(running) {
    this.#polling = running;
    if (running) this.#poll();
  }

  end() {
    this.#closed = true;
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #now(mode) {
    this.mode = mode;
    this.state(mode);
  }

  async #poll() {
    while (this.#polling && !this.#closed && this.mode === "polling") {
      await this.#catchUp();
      await this.looked().catch(() => {});
      await new Promise((later) => setTimeout(later, POLL));
    }
  }

  #catchUp() {
    this.#catching ??= this.#caughtUp().finally(() => { this.#catching = null; });
    return this.#catching;
  }

  async #caughtUp() {
    try {
      for (let page = 0; page < MOST_AT_ONCE; page += 1) {
        const { items, more } = await api.events(this.id, this.#after);
        items.forEach((event) => this.#tell(event));
        if (!more) break;
      }
      return true;
    } catch {
      return false;
    }
  }

  #tell(event) {
    if (event.sequence <= this.#after) return;
    this.#after = event.sequence;
    this.heard(event);
  }

  async #connect() {
    if (this.#closed) return;
    try {
      const { ticket, url } = await api.ticket();
      this.#open(address(ticket, url));
    } catch (error) {
      if (!(error instanceof api.Refused && error.status === 404)) this.#again();
    }
  }

  #open(url) {
    let socket;
    try {
      socket = new WebSocket(url);
    } catch {
      return;
    }
    this.#socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: "subscribe", campaign_id: this.id, after_sequence: this.#after }));
      this.#beat = setInterval(() => socket.send(JSON.stringify({ type: "ping" })), HEARTBEAT * 1000);
    };
    socket.onmessage = ({ data }) => this.#message(JSON.parse(data));
    socket.onclose = () => {
      clearInterval(this.#beat);
      if (this.#closed) return;
      this.#now("polling");
      this.watch(this.#polling);
      this.#again();
    };
  }

  #message(message) {
    if (message.type === "subscribed") {
      this.#tries = 0;
      this.#now("live");
    } else if (message.type === "event" && message.event?.campaign_id === this.id) {
      if (message.event.sequence > this.#after + 1) this.#catchUp();
      else this.#tell(message.event);
    } else if (message.type === "narration" && message.campaign_id === this.id) {
      this.narrated(message.turn_id, message.told ?? "");
    }
  }

  #again() {
    this.#tries += 1;
    const seconds = Math.min(SLOWEST, 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#connect(), seconds * 1000);
  }
}
