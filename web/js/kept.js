/** What a browser keeps for a campaign, so that nothing typed is lost: the draft, the unanswered wish, keys of turns. */

const MOST_WISHES = 30;

function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(name, value) {
  try {
    if (value === null || value === "") localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* a full or forbidden store: the game goes on without memory */
  }
}

export const draft = (id) => read(`nl.draft.${id}`, "");
export const keepDraft = (id, text) => write(`nl.draft.${id}`, text);

/** A wish that was sent and not answered yet: { key, action, expected, chaos?, turn_id? }. */
export const pending = (id) => read(`nl.pending.${id}`, null);
export const keepPending = (id, wish) => write(`nl.pending.${id}`, wish);

/** The wish a turn was asked for with, as far as this browser did it: { key, chaos? }. */
export const wishOf = (id, turnId) => read(`nl.wishes.${id}`, {})[turnId] ?? null;

export function keepWish(id, turnId, { key, chaos }) {
  const known = { ...read(`nl.wishes.${id}`, {}), [turnId]: { key, ...(chaos ? { chaos } : {}) } };
  write(`nl.wishes.${id}`, Object.fromEntries(Object.entries(known).slice(-MOST_WISHES)));
}
