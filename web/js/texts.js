/** What the page says of the machine and of its troubles, in the story's voice. */

/** @import { NewTurn } from "./api_types.d.ts" */

/** @typedef {NonNullable<NewTurn["chaos"]>} Chaos what the API breaks on purpose */
/** @typedef {keyof typeof CHAOS} ChaosChoice what the page can break: sending twice needs no help of the API */
/** @typedef {{ kind: string, title: string, text: string }} Trouble */

/** @type {Record<string, { title: string, text: string }>} by the kind of a problem; words in braces are filled in */
const TROUBLES = {
  offline: {
    title: "The line is dead",
    text:
      "Somebody chewed through the cable between you and Nekopolis. What you said is safe; it goes out the moment " +
      "the line is back.",
  },
  busy: {
    title: "The switchboard is swamped",
    text: "The city asked you to hold. Nothing is lost; it is asked again in a moment.",
  },
  "turn-in-progress": {
    title: "One paw at a time",
    text: "Another turn of yours is still being told. You are watching it now; your words wait in the box.",
  },
  "turn-conflict": {
    title: "The story has moved on",
    text: "You acted in another window. The latest pages are here; your words wait in the box.",
  },
  "campaign-over": {
    title: "The story has ended",
    text: "This cat's tale is complete. There are other cats.",
  },
  "rate-limited": {
    title: "Even cats pause for breath",
    text: "You are quicker than the city allows. It listens again in {seconds} s; your words go out by themselves.",
  },
  "signed-out": {
    title: "The doorman does not know you",
    text: "Your badge has run out. Show it again; your words wait in the box.",
  },
  "invalid-body": {
    title: "The city did not catch that",
    text: "{detail}",
  },
  "too-large": {
    title: "That is a novel, not a move",
    text: "Say it in fewer words: two thousand characters are heard.",
  },
  "chaos-disabled": {
    title: "Nobody bites this cable",
    text: "Breaking things on purpose is not allowed in this city. Nothing was broken; your words wait in the box.",
  },
  "not-found": {
    title: "No such address",
    text: "There is no such story here, or it is somebody else's.",
  },
};
const UNKNOWN_TITLE = "A glitch in the neon";
const UNKNOWN_TEXT = "Something went wrong. Trying again is safe.";

/**
 * What to say of a kind of problem; the API's own words when it is none we know.
 * @param {string} kind
 * @param {{ title?: string, detail?: string, seconds?: number }} [more]
 * @returns {Trouble}
 */
export function describeTrouble(kind, more = {}) {
  const { title, text } = TROUBLES[kind] ?? { title: more.title ?? UNKNOWN_TITLE, text: more.detail ?? UNKNOWN_TEXT };
  const filled = text.replace(/\{(detail|seconds)\}/g, (_, /** @type {"detail" | "seconds"} */ word) =>
    String(more[word] ?? ""),
  );
  return { kind, title, text: filled };
}

/** What goes on in a turn: each is said while it lasts, so that what comes after an event is the next. */
export const STEPS = {
  accepted: "The city heard you",
  lore: "Lore is being fetched",
  master: "The game master thinks",
  rules: "The rules decide",
  resolved: "The story is written down",
};

/** Before anything was heard of it. */
export const SENT = "Your words are on their way";

/** Instead of the step of the master, once there is something to read. */
export const MASTER_TELLS = "The game master tells on";

export const TURN_FAILED =
  "The city flickers. For a moment there were two of you, and then none, and then just you, where you were. " +
  "Nothing changed; you can act again.";

/** What can be broken on purpose: what the button says, and what it will do. */
export const CHAOS = {
  "drop-model": {
    label: "Drop the model",
    means: "Every call to the game master breaks off. Somebody else will have to tell the story.",
  },
  "throttle-model": {
    label: "Throttle it",
    means: "The first two calls are turned away. The workflow waits, and asks again.",
  },
  "kill-tool": {
    label: "Kill a tool",
    means: "The process that applies the rules dies in the middle of its work, once. No die may fall twice.",
  },
  twice: {
    label: "Send twice",
    means: "Your next action goes out twice at once, with one key. It must be one turn.",
  },
};

/** Said before the first turn. The API has the long form of it (`World.disclosure`). */
export const WRITTEN_BY_AI = "The stories here are written by an AI, not by a person.";

/** Under a turn that the understudy told. */
export const BY_PROGRAM = "Written by a program, the understudy";

/** Of a notice that ends: when, by the player's clock; and what is left of it under the turns that follow. */
export const NOTICE_ENDS = " That is {time} by your clock.";
export const NOTICE_GOES_ON = "A program tells the story until {time}.";

const OTHER_FAILURE = { verb: "failed", text: "The master lost the thread. Asking again …" };

/** @type {Record<string, { verb: string, text: string }>} by the name of the error */
const MASTER_FAILURES = {
  ModelThrottled: {
    verb: "was turned away",
    text: "The master is asked by too many cats at once. Asking again …",
  },
  ModelUnavailable: {
    verb: "broke off",
    text: "The line to the master broke off. Asking again …",
  },
  ModelRefused: {
    verb: "refused",
    text: "The master will not tell this. The understudy clears its throat …",
  },
};

/**
 * Why an attempt to ask the master came to nothing.
 * @param {string} [error]
 */
export const masterFailure = (error = "") => MASTER_FAILURES[error] ?? OTHER_FAILURE;

export const REPORT = "Report this story";
export const REPORT_ABOUT = "What is wrong with it?";
export const REPORTED = "Reported. Whoever runs this game will look at the story. You can go on playing.";
export const NOT_REPORTED = "The report did not arrive. Try again in a moment.";

/** By the reason that is sent. */
export const REPORT_REASONS = {
  wrong: "It is wrong",
  hurtful: "It is hurtful",
  sexual: "It is sexual",
  hateful: "It is hateful",
  "self-harm": "It is about self-harm",
  "real-person": "It is about a real person",
  other: "Something else",
};

/** What is held about a player: in plain words, for it is no game. */
export const YOUR_DATA = {
  title: "Your data",
  about:
    "Everything this game knows of you: your account, your cats, what you typed, what was told, every roll. One zip " +
    "of JSON files, with a list of what is in it.",
  download: "Download my data",
  packing: "Packing … This takes a moment.",
  packed: "Your data is ready. The link works for five minutes; after a day the archive is deleted.",
  notPacked: "That did not work. Try again in a few minutes.",
  erase: "Erase me",
  eraseAbout:
    "Your account, your cats and every story of theirs are deleted, here and wherever this game keeps them. It " +
    "cannot be undone, not even by us. Download your data first if you want to keep anything.",
  confirm: "Type erase to confirm",
  eraseForGood: "Erase me for good",
  erasing: "You are being erased",
  goesOn: "It goes on if you leave. This browser has forgotten you already.",
  erased: "You are erased",
  nothingLeft: "Nothing here leads to you any more.",
  anew: "Begin anew",
};
