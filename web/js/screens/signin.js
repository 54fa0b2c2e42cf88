/** Who are you: go on as a guest, sign in, or turn a guest into an account. Drafts stay where they are meanwhile. */

import { Refused } from "../transport.js";
import { asGuest, becomeKnown, signIn } from "../session.js";
import { dialog, h } from "../dom.js";

const SAFE = "Twelve characters or more, with upper and lower case letters, a digit and a sign.";

function form({ title, button, newcomer, submit }) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const email = h("input", { type: "email", name: "email", autocomplete: "email", required: true, maxlength: 254 });
  const password = h("input", { type: "password", name: "password", autocomplete: newcomer ? "new-password" : "current-password", required: true, minlength: newcomer ? 12 : 1, maxlength: 99 });
  const send = h("button", { class: "button bright" }, button);
  return h("form", {
    class: "form", "aria-label": title,
    onsubmit: async (event) => {
      event.preventDefault();
      send.disabled = true;
      wrong.textContent = "";
      try {
        await submit(email.value, password.value);
      } catch (error) {
        wrong.textContent = said(error);
      } finally {
        send.disabled = false;
      }
    },
  }, h("label", {}, "E-mail", email), h("label", {}, "Password", password), newcomer && h("p", { class: "note" }, SAFE), wrong, send);
}

const said = (error) => {
  if (!(error instanceof Refused)) return "The line is dead. Try again in a moment.";
  const fields = (error.problem.errors ?? []).map((each) => each.detail).filter(Boolean);
  return [error.problem.detail, ...fields].join(" ");
};

/** Resolves when somebody is signed in. Closing it without that leaves everything as it is and rejects. */
export const knock = (why) => new Promise((resolve, reject) => {
  let done = false;
  const box = dialog("The doorman looks up", (close) => {
    const enter = () => { done = true; close(); resolve(); };
    const wrong = h("p", { class: "wrong", role: "alert" });
    return h("div", { class: "door" },
      h("p", {}, why ?? "“Badge?” he says. You can play without one; a badge lets you come back from anywhere."),
      h("button", { type: "button", class: "button bright", autofocus: true, onclick: async (event) => {
        event.target.disabled = true;
        try {
          await asGuest();
          enter();
        } catch (error) {
          wrong.textContent = said(error);
          event.target.disabled = false;
        }
      } }, "Play as a guest"), wrong,
      h("hr"), h("h3", {}, "I have been here before"),
      form({ title: "Sign in", button: "Sign in", newcomer: false, submit: async (...words) => { await signIn(...words); enter(); } }));
  });
  box.addEventListener("close", () => { if (!done) reject(new Error("nobody came in")); });
});

/** For a guest: an e-mail and a password, so that the cats are found again from any device. */
export const upgrade = (done) => dialog("Keep your cats", (close) => h("div", { class: "door" },
  h("p", {}, "You play as a guest: your cats live in this browser. With a badge they are yours everywhere; everything stays as it is."),
  form({ title: "Make an account", button: "Keep them", newcomer: true, submit: async (...words) => { await becomeKnown(...words); close(); done(); } })));

export const again = (done) => dialog("Sign in", (close) =>
  form({ title: "Sign in", button: "Sign in", newcomer: false, submit: async (...words) => { await signIn(...words); close(); done(); } }));
