/** Who plays. The access token lives as long as the tab, the refresh token until one signs out: a guest keeps the cat. */

import { Refused, send } from "./transport.js";

const ACCESS = "nl.access";
const KEPT = "nl.session"; // { player_id, guest, refresh_token }
let renewing = null;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
};

export const token = () => sessionStorage.getItem(ACCESS);
export const known = () => Boolean(token() || read()?.refresh_token);
export const wasHere = () => Boolean(read());
export const guest = () => read()?.guest ?? false;

function keep(session) {
  sessionStorage.setItem(ACCESS, session.access_token);
  const { player_id, guest: isGuest } = session;
  const refresh_token = session.refresh_token ?? read()?.refresh_token ?? null;
  localStorage.setItem(KEPT, JSON.stringify({ player_id, guest: isGuest, refresh_token }));
  return session;
}

/** Play at once, without an account. */
export const asGuest = async () => keep((await send("POST", "/v1/guests", { body: {} })).body);

export const signIn = async (email, password) =>
  keep((await send("POST", "/v1/sessions", { body: { email, password } })).body);

/** Give a guest a way back: the same player, now with an e-mail address. */
export const becomeKnown = async (email, password) =>
  keep((await send("POST", "/v1/account", { token: token(), body: { email, password } })).body);

/** A new access token by the refresh token, asked for once however many requests want it. False when there is none. */
export function renew() {
  renewing ??= renewed().finally(() => { renewing = null; });
  return renewing;
}

async function renewed() {
  const refresh_token = read()?.refresh_token;
  if (!refresh_token) return false;
  try {
    keep((await send("POST", "/v1/sessions", { body: { refresh_token } })).body);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status < 500 && error.status !== 429) return false;
    throw error;
  }
}

export function forget() {
  sessionStorage.removeItem(ACCESS);
  localStorage.removeItem(KEPT);
}
