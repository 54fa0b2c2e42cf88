/** What the browser keeps for a campaign, so that nothing typed is lost: the draft, and requests with their keys. */

/** @import { Chaos } from "./texts.js" */

/**
 * A request for a turn. `expected` is the number the turn will have, `turn_id` its id once the API has told it.
 * @typedef {{ key: string, action: string, expected: number, chaos?: Chaos, turn_id?: string }} TurnRequest
 */

/** @typedef {Pick<TurnRequest, "key" | "chaos">} SentRequest how a turn was asked for */

const MOST_SENT = 30;

/**
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
function load(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function save(name, value) {
  try {
    if (value === null || value === "") localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* a full or forbidden store: the game goes on without memory */
  }
}

/** @param {string} id */
export const loadDraft = (id) => load(`nl.draft.${id}`, "");

/**
 * @param {string} id
 * @param {string} text
 */
export const saveDraft = (id, text) => save(`nl.draft.${id}`, text);

/**
 * The request that was sent and not answered yet.
 * @param {string} id
 * @returns {TurnRequest | null}
 */
export const loadPending = (id) => load(`nl.pending.${id}`, null);

/**
 * @param {string} id
 * @param {TurnRequest | null} request
 */
export const savePending = (id, request) => save(`nl.pending.${id}`, request);

/**
 * @param {string} id
 * @returns {Record<string, SentRequest>}
 */
const loadSent = (id) => load(`nl.wishes.${id}`, {});

/**
 * How a turn was asked for, as far as this browser did it.
 * @param {string} id
 * @param {string} turnId
 */
export const sentRequest = (id, turnId) => loadSent(id)[turnId] ?? null;

/**
 * @param {string} id
 * @param {string} turnId
 * @param {SentRequest} request
 */
export function saveSent(id, turnId, { key, chaos }) {
  const sent = { ...loadSent(id), [turnId]: { key, ...(chaos ? { chaos } : {}) } };
  save(`nl.wishes.${id}`, Object.fromEntries(Object.entries(sent).slice(-MOST_SENT)));
}
