/** The player API as the game uses it. A token that has run out is renewed once; then the player is asked. */

import { renew, token, wasHere } from "./session.js";
import { Refused, send } from "./transport.js";

export { Refused, Silence } from "./transport.js";

/** Set by the game: asks the player who they are; resolves once they are signed in. */
export const door = { open: async () => { throw new Error("nobody is at the door"); } };

const RUN_OUT = "“This badge has run out,” he says. Sign in and everything is as it was; a new guest finds an empty shelf. What you typed is kept.";
const expired = () => (wasHere() ? RUN_OUT : undefined);

async function ask(method, path, options = {}) {
  if (!token() && !(await renew())) await door.open(expired());
  for (let tries = 0; ; tries += 1) {
    try {
      return await send(method, path, { ...options, token: token() });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401 || tries > 1) throw error;
      if (!(tries === 0 && (await renew()))) await door.open(RUN_OUT);
    }
  }
}

const of = (id) => `/v1/campaigns/${id}`;
export const newKey = () => crypto.randomUUID();

export const world = async () => (await send("GET", "/v1/world")).body;
export const campaigns = async (cursor) =>
  (await ask("GET", `/v1/campaigns?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`)).body;
export const leaderboard = async () => (await ask("GET", "/v1/leaderboard")).body;
export const campaign = async (id) => (await ask("GET", of(id))).body;
export const start = async (name, classId, key) =>
  (await ask("POST", "/v1/campaigns", { body: { character: { name, class_id: classId } }, key })).body;
export const turns = async (id, before, limit = 20) =>
  (await ask("GET", `${of(id)}/turns?limit=${limit}${before ? `&before=${before}` : ""}`)).body;
export const turn = async (id, turnId, wait) => (await ask("GET", `${of(id)}/turns/${turnId}`, { wait })).body;
/** `wish` is { action, expected?, chaos?, key }. */
export const act = (id, { action, expected, chaos, key }, wait) =>
  ask("POST", `${of(id)}/turns`, { body: { action, ...(expected ? { expected_turn: expected } : {}), ...(chaos ? { chaos } : {}) }, key, wait });
export const events = async (id, after, limit = 100) =>
  (await ask("GET", `${of(id)}/events?after_sequence=${after}&limit=${limit}`)).body;
export const ticket = async () => (await ask("POST", "/v1/tickets", { body: {}, key: newKey() })).body;
export const fork = async (id, atTurn, key) => (await ask("POST", `${of(id)}/forks`, { body: { at_turn: atTurn }, key })).body;

/** Every page of a campaign's dice. */
export async function dice(id) {
  const pages = [];
  for (let after = 0; after !== null; after = pages.at(-1).next_after ?? null) {
    pages.push((await ask("GET", `${of(id)}/dice?after_turn=${after}&limit=100`)).body);
  }
  return pages;
}

/** Every resolved or failed turn, oldest first. */
export async function allTurns(id) {
  const found = [];
  for (let before; before !== null;) {
    const page = await turns(id, before, 50);
    found.push(...page.items);
    before = page.next_before ?? null;
  }
  return found.reverse();
}
