/** The player API as the game uses it. A token that has run out is renewed once; then the player is asked. */

/** @import { Campaign, CampaignPage, Dice, FeedPage, KeySet, Leaderboard } from "./api_types.d.ts" */
/** @import { NewReport, SignedManifest, Ticket, Turn, TurnPage, World } from "./api_types.d.ts" */
/** @import { TurnRequest } from "./storage.js" */
/** @import { Answer, Options } from "./transport.js" */

import { accessToken, hasPlayedHere, renew } from "./session.js";
import { ApiError, send } from "./transport.js";

export { ApiError, NoAnswer } from "./transport.js";

const EXPIRED =
  "“This badge has run out,” he says. Sign in and everything is as it was; a new guest finds an empty shelf. " +
  "What you typed is kept.";

/** @type {(why?: string) => Promise<void>} */
let promptSignIn = async () => {
  throw new Error("nobody asks who plays");
};

/** @type {Promise<void> | null} */
let signingIn = null;

/**
 * Set who asks the player to sign in; the promise resolves once they are.
 * @param {(why?: string) => Promise<void>} prompt
 */
export function onSignInNeeded(prompt) {
  promptSignIn = prompt;
}

/**
 * Asked once, however many requests wait for it.
 * @param {string} [why]
 */
function askToSignIn(why) {
  signingIn ??= promptSignIn(why).finally(() => {
    signingIn = null;
  });
  return signingIn;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
async function ask(method, path, options = {}) {
  if (!accessToken() && !(await renew())) await askToSignIn(hasPlayedHere() ? EXPIRED : undefined);
  for (let tries = 0; ; tries += 1) {
    try {
      return await send(method, path, { ...options, token: accessToken() });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || tries > 1) throw error;
      if (!(tries === 0 && (await renew()))) await askToSignIn(EXPIRED);
    }
  }
}

/** @param {string} id */
const campaignPath = (id) => `/v1/campaigns/${id}`;

export const newKey = () => crypto.randomUUID();

/** @returns {Promise<World>} */
export const world = async () => (await send("GET", "/v1/world")).body;

/** @returns {Promise<Leaderboard>} */
export const leaderboard = async () => (await ask("GET", "/v1/leaderboard")).body;

/**
 * @param {string | null} [cursor]
 * @returns {Promise<CampaignPage>}
 */
export const campaigns = async (cursor) =>
  (await ask("GET", `/v1/campaigns?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`)).body;

/**
 * @param {string} id
 * @returns {Promise<Campaign>}
 */
export const campaign = async (id) => (await ask("GET", campaignPath(id))).body;

/**
 * @param {string} name
 * @param {string} classId
 * @param {string | undefined} content the level; the usual one where none is named
 * @param {string} key
 * @returns {Promise<Campaign>}
 */
export async function startCampaign(name, classId, content, key) {
  const body = { character: { name, class_id: classId }, ...(content ? { content } : {}) };
  return (await ask("POST", "/v1/campaigns", { body, key })).body;
}

/**
 * Newest first.
 * @param {string} id
 * @param {string | null} [before]
 * @param {number} [limit]
 * @returns {Promise<TurnPage>}
 */
export const turns = async (id, before, limit = 20) =>
  (await ask("GET", `${campaignPath(id)}/turns?limit=${limit}${before ? `&before=${before}` : ""}`)).body;

/**
 * @param {string} id
 * @param {string} turnId
 * @param {number} [wait] in seconds
 * @returns {Promise<Turn>}
 */
export const turn = async (id, turnId, wait) =>
  (await ask("GET", `${campaignPath(id)}/turns/${turnId}`, { wait })).body;

/**
 * @param {string} id
 * @param {Omit<TurnRequest, "turn_id">} request
 * @param {number} wait in seconds
 * @returns {Promise<Omit<Answer, "body"> & { body: Turn }>}
 */
export function act(id, { action, expected, chaos, key }, wait) {
  const body = { action, ...(expected ? { expected_turn: expected } : {}), ...(chaos ? { chaos } : {}) };
  return ask("POST", `${campaignPath(id)}/turns`, { body, key, wait });
}

/**
 * A turn is reported once, under whichever key: what is sent again changes nothing.
 * @param {string} id
 * @param {string} turnId
 * @param {NewReport["reason"]} reason
 */
export const report = (id, turnId, reason) =>
  ask("POST", `${campaignPath(id)}/turns/${turnId}/reports`, { body: { reason }, key: newKey() });

/**
 * @param {string} id
 * @param {number} after
 * @returns {Promise<FeedPage>}
 */
export const events = async (id, after) =>
  (await ask("GET", `${campaignPath(id)}/events?after_sequence=${after}&limit=100`)).body;

/** @returns {Promise<Ticket>} */
export const ticket = async () => (await ask("POST", "/v1/tickets", { body: {}, key: newKey() })).body;

/**
 * What is signed of who told a campaign's turns, every page of it.
 * @param {string} id
 */
export async function manifests(id) {
  /** @type {SignedManifest[]} */
  const pages = [];
  /** @type {string | null | undefined} */
  let before = null;
  do {
    const path = `${campaignPath(id)}/manifests?limit=50${before ? `&before=${before}` : ""}`;
    /** @type {SignedManifest} */
    const page = (await ask("GET", path)).body;
    pages.push(page);
    before = page.next_before;
  } while (before);
  return pages;
}

/** @returns {Promise<KeySet>} */
export const storyKeys = async () => (await send("GET", "/v1/.well-known/jwks.json")).body;

/**
 * Every page of a campaign's dice.
 * @param {string} id
 */
export async function dice(id) {
  /** @type {Dice[]} */
  const pages = [];
  /** @type {number | null | undefined} */
  let after = 0;
  while (typeof after === "number") {
    /** @type {Dice} */
    const page = (await ask("GET", `${campaignPath(id)}/dice?after_turn=${after}&limit=100`)).body;
    pages.push(page);
    after = page.next_after;
  }
  return pages;
}

/**
 * Every resolved or failed turn, oldest first.
 * @param {string} id
 */
export async function allTurns(id) {
  /** @type {Turn[]} */
  const found = [];
  /** @type {string | null | undefined} */
  let before;
  do {
    const page = await turns(id, before, 50);
    found.push(...page.items);
    before = page.next_before;
  } while (before);
  return found.reverse();
}
