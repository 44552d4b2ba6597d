// Asks the server. A key that it wants is kept in this tab alone.

import { $ } from "./dom.js";

const KEY = "harmony-key";

/** What the server, or the lack of one, says is wrong; with the status if there is one. */
export class ServerError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function request(path, init, signal) {
  const key = sessionStorage.getItem(KEY);
  const headers = { ...(key ? { Authorization: `Bearer ${key}` } : {}), ...init.headers };
  let response;
  try {
    response = await fetch(path, { ...init, headers, signal });
  } catch (error) {
    throw error.name === "AbortError" ? error : new ServerError("The server does not answer.");
  }
  if (!response.ok) {
    if (response.status === 401) {
      $("key-form").hidden = false;
    }
    throw new ServerError(await message(response), response.status);
  }
  return response;
}

async function message(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `The server answered ${response.status}.`;
  }
}

export async function get(path) {
  return (await request(path, {})).json();
}

export function post(path, body, signal) {
  return request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, signal);
}

/** Tells each piece of data of a stream of events, until `[DONE]`. */
export async function stream(path, body, signal, told) {
  const response = await post(path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("data: ") && line !== "data: [DONE]") {
        const data = JSON.parse(line.slice(6));
        if (data.error) {
          throw new ServerError(data.error.message);
        }
        told(data);
      }
    }
  }
}

/** The questions whose answers are still to come; the page says so in `data-busy`. */
const open = new Set();

function setOpen(question, isOpen) {
  if (isOpen) {
    open.add(question);
  } else {
    open.delete(question);
  }
  document.body.toggleAttribute("data-busy", open.size > 0);
}

/**
 * Asks again whenever the question changes, a moment after the last change. An answer that is not to the latest question is
 * dropped.
 */
export class Live {
  #path;
  #question;
  #answered;
  #failed;
  #timer;
  #underway;

  constructor(path, question, answered, failed) {
    this.#path = path;
    this.#question = question;
    this.#answered = answered;
    this.#failed = failed;
  }

  changed(delay = 180) {
    setOpen(this, true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), delay);
  }

  async ask() {
    setOpen(this, true);
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#underway?.abort();
    const body = this.#question();
    const mine = (this.#underway = new AbortController());
    try {
      const answer = body && (await (await post(this.#path, body, mine.signal)).json());
      if (this.#underway === mine) {
        this.#answered(answer);
      }
    } catch (error) {
      if (this.#underway === mine && error.name !== "AbortError") {
        this.#failed(error);
      }
    }
    if (this.#underway === mine && this.#timer === null) {
      setOpen(this, false);
    }
  }
}

/** Asks for a key when the server wants one; calls back when there is one. */
export function askForKey(given) {
  $("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem(KEY, $("key").value.trim());
    $("key").value = "";
    $("key-form").hidden = true;
    given();
  });
}
