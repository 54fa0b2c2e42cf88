/** Who plays. The access token lives as long as the tab, the refresh token until one signs out: a guest can return. */

/** @import { Session } from "./api_types.d.ts" */

import { ApiError, send } from "./transport.js";

/** @typedef {{ player_id: string, guest: boolean, refresh_token: string | null, unconfirmed?: boolean }} Player */

const ACCESS = "nl.access";
const PLAYER = "nl.session";

/** @type {Promise<boolean> | null} */
let renewing = null;

/** @returns {Player | null} */
function loadPlayer() {
  try {
    return JSON.parse(localStorage.getItem(PLAYER) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Partial<Player>} more */
const updatePlayer = (more) => localStorage.setItem(PLAYER, JSON.stringify({ ...loadPlayer(), ...more }));

export const accessToken = () => sessionStorage.getItem(ACCESS);
export const isSignedIn = () => Boolean(accessToken() || loadPlayer()?.refresh_token);
export const hasPlayedHere = () => Boolean(loadPlayer());
export const isGuest = () => loadPlayer()?.guest ?? false;

/** An account made here whose e-mail nobody has confirmed yet. */
export const isUnconfirmed = () => loadPlayer()?.unconfirmed ?? false;

/** @param {Session} session */
function saveSession(session) {
  const before = loadPlayer();
  const { player_id, guest } = session;
  const refresh_token = session.refresh_token ?? before?.refresh_token ?? null;
  const unconfirmed = before?.player_id === player_id ? before.unconfirmed : undefined;
  sessionStorage.setItem(ACCESS, session.access_token);
  localStorage.setItem(PLAYER, JSON.stringify({ player_id, guest, refresh_token, unconfirmed }));
}

/** Play at once, without an account. */
export async function playAsGuest() {
  saveSession((await send("POST", "/v1/guests", { body: {} })).body);
}

/**
 * @param {string} email
 * @param {string} password
 */
export async function signIn(email, password) {
  saveSession((await send("POST", "/v1/sessions", { body: { email, password } })).body);
}

/**
 * Give a guest a way back: the same player, now with an e-mail address.
 * @param {string} email
 * @param {string} password
 */
export async function createAccount(email, password) {
  saveSession((await send("POST", "/v1/account", { token: accessToken(), body: { email, password } })).body);
  updatePlayer({ unconfirmed: true });
}

/**
 * The account's e-mail is read: here is the code from the letter.
 * @param {string} code
 */
export async function confirmEmail(code) {
  await send("POST", "/v1/account/verification", { token: accessToken(), body: { code } });
  updatePlayer({ unconfirmed: undefined });
}

export const resendCode = () => send("POST", "/v1/account/verification-codes", { token: accessToken(), body: {} });

/**
 * A code by mail, if there is an account with a confirmed address; nobody is told whether there is.
 * @param {string} email
 */
export const requestPasswordReset = (email) => send("POST", "/v1/password-resets", { body: { email } });

/**
 * @param {string} email
 * @param {string} code
 * @param {string} password
 */
export const resetPassword = (email, code, password) =>
  send("POST", "/v1/password-resets/confirmation", { body: { email, code, password } });

/** A new access token by the refresh token, asked for once however many requests want it. False when there is none. */
export function renew() {
  renewing ??= renewOnce().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewOnce() {
  const refresh_token = loadPlayer()?.refresh_token;
  if (!refresh_token) return false;
  try {
    saveSession((await send("POST", "/v1/sessions", { body: { refresh_token } })).body);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status !== 429) return false;
    throw error;
  }
}

/** Whoever was erased leaves nothing in this browser: no token, no draft, no request. */
export function forgetPlayer() {
  for (const store of [sessionStorage, localStorage]) {
    for (const name of Object.keys(store)) if (name.startsWith("nl.")) store.removeItem(name);
  }
}

/** The refresh token opens nothing any more, here or elsewhere. A dead line does not keep anybody in. */
export async function signOut() {
  const refresh_token = loadPlayer()?.refresh_token;
  sessionStorage.removeItem(ACCESS);
  localStorage.removeItem(PLAYER);
  if (refresh_token) await send("POST", "/v1/sessions/revocation", { body: { refresh_token } }).catch(() => {});
}
