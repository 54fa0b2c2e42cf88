/** One request to the player API: an answer, an error it names (RFC 9457), or none at all. */

/** @import { Problem } from "./api_types.d.ts" */

/**
 * `key` makes a repetition safe; `wait` is how many seconds the API may take to have a result.
 * @typedef {{ token?: string | null, body?: object, key?: string, wait?: number }} Options
 */

/**
 * `body` is what the route answers: the caller says its type.
 * @typedef {{ status: number, body: any, headers: Headers }} Answer
 */

const EXTRA_SECONDS = 15; // beyond what the request asked to wait

let base = "";

/** @param {string} url */
export function setApiUrl(url) {
  base = url;
}

/** The API refused or failed, and says why. `retryAfter` is in seconds, `kind` the last part of the problem's type. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {Problem} problem
   * @param {Headers} headers
   */
  constructor(status, problem, headers) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
    this.kind =
      String(problem.type ?? "")
        .split("/")
        .pop() ?? "";
    this.retryAfter = secondsOf(headers.get("retry-after"));
  }
}

/** Nobody answered: the line is down, here or there. */
export class NoAnswer extends Error {}

/** @param {string | null} header */
function secondsOf(header) {
  const seconds = Number(header);
  return header && Number.isFinite(seconds) ? seconds : null;
}

/** @param {Options} options */
function headersOf({ token, body, key, wait }) {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  if (key) headers["idempotency-key"] = key;
  if (wait) headers.prefer = `wait=${wait}`;
  return headers;
}

/**
 * Send and read. Throws ApiError and NoAnswer, nothing else.
 * @param {string} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
export async function send(method, path, options = {}) {
  const { body, wait = 0 } = options;
  let answer;
  let text;
  try {
    answer = await fetch(base + path, {
      method,
      headers: headersOf(options),
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout((wait + EXTRA_SECONDS) * 1000),
    });
    text = await answer.text();
  } catch (error) {
    throw new NoAnswer(String(error));
  }
  const parsed = parse(text);
  if (answer.ok) return { status: answer.status, body: parsed, headers: answer.headers };
  throw new ApiError(answer.status, parsed?.type ? parsed : unnamed(answer), answer.headers);
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * The problem of an answer that is none of the API's own.
 * @param {Response} answer
 * @returns {Problem}
 */
const unnamed = ({ status, statusText }) => ({
  type: "about:blank",
  title: statusText || "Error",
  status,
  detail: `The API answered ${status}.`,
});
