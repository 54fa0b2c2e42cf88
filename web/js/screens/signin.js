/** Who are you: go on as a guest, sign in, turn a guest into an account, come back without a password, and leave. */

import { Refused } from "../transport.js";
import { anotherCode, asGuest, becomeKnown, confirmEmail, lostPassword, newPassword, signIn } from "../session.js";
import { dialog, h, show } from "../dom.js";

const SAFE = "Twelve characters or more, with upper and lower case letters, a digit and a sign.";
const FIELDS = {
  email: ["E-mail", { type: "email", autocomplete: "email", maxlength: 254 }],
  password: ["Password", { type: "password", autocomplete: "current-password", maxlength: 99 }],
  fresh: ["New password", { type: "password", autocomplete: "new-password", minlength: 12, maxlength: 99 }],
  code: ["The code from the letter", { autocomplete: "one-time-code", inputmode: "numeric", maxlength: 64, pattern: "\\s*[!-~]+\\s*", title: "the code, without blanks in it" }],
};

const said = (error) => {
  if (!(error instanceof Refused)) return "The line is dead. Try again in a moment.";
  const fields = (error.problem.errors ?? []).map((each) => each.detail).filter(Boolean);
  return [error.problem.detail, ...fields].join(" ");
};

/** A form with these fields; `submit` gets their values in order, and what it throws is shown. */
function form({ title, button, fields, submit, known = {} }) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const inputs = fields.map((name) => h("input", { name, required: true, value: known[name] ?? "", ...FIELDS[name][1] }));
  const send = h("button", { class: "button bright" }, button);
  return h("form", { class: "form", "aria-label": title, onsubmit: (event) => {
    event.preventDefault();
    attempt(send, wrong, () => submit(...inputs.map((input) => (input.type === "password" ? input.value : input.value.trim()))));
  } }, fields.map((name, n) => h("label", {}, FIELDS[name][0], inputs[n])), fields.includes("fresh") && h("p", { class: "note" }, SAFE), wrong, send);
}

async function attempt(button, wrong, act) {
  button.disabled = true;
  wrong.textContent = "";
  try {
    await act();
  } catch (error) {
    wrong.textContent = said(error);
  } finally {
    button.disabled = false;
  }
}

/** Signing in, and the way round a lost password, in one place. `enter` is called when somebody is in. */
function badge(enter) {
  const place = h("div", { class: "door" });
  const signing = (email = "") => show(place,
    form({ title: "Sign in", button: "Sign in", fields: ["email", "password"], known: { email }, submit: async (...words) => { await signIn(...words); enter(); } }),
    h("button", { type: "button", class: "button quiet", onclick: () => turn(lost(place.querySelector("[name=email]").value)) }, "I lost my password"));
  const lost = (email) => [h("h3", {}, "A lost password"), h("p", { class: "note" }, "If that address is known and was confirmed, a letter with a code goes there."),
    form({ title: "A lost password", button: "Send the letter", fields: ["email"], known: { email }, submit: async (address) => { await lostPassword(address); turn(fresh(address)); } }), back(email)];
  const fresh = (email) => [h("h3", {}, "A new password"), h("p", { class: "note" }, "Look for the letter, and give it a minute. The code works once."),
    form({ title: "A new password", button: "Change it and sign in", fields: ["code", "fresh"], submit: async (code, password) => { await newPassword(email, code, password); await signIn(email, password); enter(); } }), back(email)];
  const back = (email) => h("button", { type: "button", class: "button quiet", onclick: () => { signing(email); place.querySelector("input").focus(); } }, "Back to signing in");
  const turn = (parts) => { show(place, parts); place.querySelector("input").focus(); };
  signing();
  return place;
}

/** Resolves when somebody is signed in. Closing it without that leaves everything as it is and rejects. */
export const knock = (why) => new Promise((resolve, reject) => {
  let done = false;
  const box = dialog("The doorman looks up", (close) => {
    const enter = () => { done = true; close(); resolve(); };
    const wrong = h("p", { class: "wrong", role: "alert" });
    return h("div", { class: "door" },
      h("p", {}, why ?? "“Badge?” he says. You can play without one; a badge lets you come back from anywhere."),
      h("button", { type: "button", class: "button bright", autofocus: true, onclick: ({ currentTarget }) => attempt(currentTarget, wrong, async () => { await asGuest(); enter(); }) }, "Play as a guest"), wrong,
      h("hr"), h("h3", {}, "I have been here before"), badge(enter));
  });
  box.addEventListener("close", () => { if (!done) reject(new Error("nobody came in")); });
});

/** For a guest: an e-mail and a password, so that the cats are found again from any device. */
export const upgrade = (done) => dialog("Keep your cats", (close) => {
  const place = h("div", { class: "door" });
  const letter = () => {
    done();
    show(place, confirmation(close));
    place.querySelector("input").focus();
  };
  return show(place, h("p", {}, "You play as a guest: your cats live in this browser. With a badge they are yours everywhere; everything stays as it is."),
    form({ title: "Make an account", button: "Keep them", fields: ["email", "fresh"], submit: async (...words) => { await becomeKnown(...words); letter(); } }));
});

/** The account works at once; a confirmed address is what finds it again when the password is lost. */
function confirmation(close) {
  const note = h("p", { class: "note", role: "status" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  return [h("p", {}, "They are yours now. A letter with a code is on its way to you: enter it, and a lost password can be replaced one day."),
    form({ title: "Confirm the e-mail", button: "Confirm", fields: ["code"], submit: async (code) => { await confirmEmail(code); close(); } }), note, wrong,
    h("p", { class: "choices" }, h("button", { type: "button", class: "button quiet", onclick: close }, "Later"),
      h("button", { type: "button", class: "button quiet", onclick: ({ currentTarget }) => attempt(currentTarget, wrong, async () => { await anotherCode(); note.textContent = "Another letter is on its way."; }) }, "Send another letter"))];
}

export const confirm = (done) => dialog("Confirm your e-mail", (close) => h("div", { class: "door" }, confirmation(() => { close(); done(); }).slice(1)));

export const again = (done) => dialog("Sign in", (close) => badge(() => { close(); done(); }));

/** A guest who leaves can never come back as this guest: said before, not after. */
export const leaving = (keep, leave) => dialog("Your cats would be lost", (close) => h("div", { class: "door" },
  h("p", {}, "You play as a guest: nobody but this browser knows which cats are yours. Sign out, and nobody will. There is no way back to them, not even for us."),
  h("p", { class: "choices" }, h("button", { type: "button", class: "button bright", autofocus: true, onclick: () => { close(); keep(); } }, "Keep my cats: make an account"),
    h("button", { type: "button", class: "button quiet", onclick: () => { close(); leave(); } }, "Sign out and lose them"))));
