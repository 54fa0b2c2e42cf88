/** Who plays. The access token lives as long as the tab, the refresh token until one signs out: a guest keeps the cat. */

import { Refused, send } from "./transport.js";

const ACCESS = "nl.access";
const KEPT = "nl.session"; // { player_id, guest, refresh_token, unconfirmed? }
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
/** An account made here whose e-mail nobody has confirmed yet. */
export const unconfirmed = () => read()?.unconfirmed ?? false;
const mark = (more) => localStorage.setItem(KEPT, JSON.stringify({ ...read(), ...more }));

function keep(session) {
  sessionStorage.setItem(ACCESS, session.access_token);
  const { player_id, guest: isGuest } = session;
  const refresh_token = session.refresh_token ?? read()?.refresh_token ?? null;
  const unconfirmed = read()?.player_id === player_id ? read().unconfirmed : undefined;
  localStorage.setItem(KEPT, JSON.stringify({ player_id, guest: isGuest, refresh_token, unconfirmed }));
  return session;
}

/** Play at once, without an account. */
export const asGuest = async () => keep((await send("POST", "/v1/guests", { body: {} })).body);

export const signIn = async (email, password) =>
  keep((await send("POST", "/v1/sessions", { body: { email, password } })).body);

/** Give a guest a way back: the same player, now with an e-mail address. */
export async function becomeKnown(email, password) {
  keep((await send("POST", "/v1/account", { token: token(), body: { email, password } })).body);
  mark({ unconfirmed: true });
}

/** The account's e-mail is read: here is the code from the letter. */
export async function confirmEmail(code) {
  await send("POST", "/v1/account/verification", { token: token(), body: { code } });
  mark({ unconfirmed: undefined });
}

export const anotherCode = () => send("POST", "/v1/account/verification-codes", { token: token(), body: {} });

/** A code by mail, if there is an account with a confirmed address; nobody is told whether there is. */
export const lostPassword = (email) => send("POST", "/v1/password-resets", { body: { email } });
export const newPassword = (email, code, password) => send("POST", "/v1/password-resets/confirmation", { body: { email, code, password } });

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

/** The refresh token opens nothing any more, here or elsewhere. A dead line does not keep anybody in. */
export async function signOut() {
  const refresh_token = read()?.refresh_token;
  forget();
  if (refresh_token) await send("POST", "/v1/sessions/revocation", { body: { refresh_token } }).catch(() => {});
}

export function forget() {
  sessionStorage.removeItem(ACCESS);
  localStorage.removeItem(KEPT);
}
