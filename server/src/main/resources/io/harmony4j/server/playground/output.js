// What a model wrote: pasted, or live from the server's model. Shown as tokens, messages with repairs, and both APIs' answers.

import { $, announce, confirm, copy, el, tabs } from "./dom.js";
import { hueOf, nameOf, textOf } from "./speakers.js";
import { Live, stream } from "./server.js";
import { TokenView } from "./tokens.js";

const RULES = {
  "<|start|>": "begins a message",
  "<|channel|>": "says that the channel follows",
  "<|constrain|>": "says that the content keeps to the type that follows",
  "<|message|>": "ends the header; the content follows",
  "<|end|>": "ends the message; another follows",
  "<|call|>": "ends the message: a tool is to answer",
  "<|return|>": "ends the message: the model is done",
};
const ENDS = new Set(["<|end|>", "<|call|>", "<|return|>"]);

/** How often what a running model has written is read, in milliseconds. */
const READ_EVERY = 250;

/** How many events of a response are shown. */
const MAX_EVENTS = 500;

/** Returns the spans of tokens that a model wrote; by its control tokens, since what it means is for the parser to say. */
function spansOf(ids, vocabulary, beginsInHeader) {
  const spans = [];
  let inHeader = beginsInHeader;
  let message = 0;
  let start = 0; // of the message
  let content = 0;
  let header = "";
  const special = (i) => (vocabulary[ids[i]]?.special ? vocabulary[ids[i]].text : null);
  const close = (end) => {
    const channel = /<\|channel\|>\s*([a-z]+)/.exec(header)?.[1];
    const recipient = /to=(\S+?)(?:<\||\s|$)/.exec(header)?.[1];
    const role = /^(?:<\|start\|>)?(user|system|developer)\b/.exec(header)?.[1] ?? "assistant";
    const name = nameOf({ role, channel, recipient });
    const add = (from, to, isHeader, rule) => {
      if (to > from) {
        spans.push({ start: from, end: to, hue: hueOf({ role, channel }), message, label: `${message} ${channel ?? role}`, name: `message ${message} · ${name}`, isHeader, rule });
      }
    };
    for (let i = start; i < end; i++) {
      const token = special(i);
      const isHeader = i < content;
      add(i, i + 1, isHeader, RULES[token] ?? (isHeader ? "is a word of the header" : "is text"));
    }
    if (end > start) {
      message++;
    }
    start = end;
    header = "";
  };
  ids.forEach((id, i) => {
    const token = special(i);
    if (token === "<|start|>" && i > start) {
      close(i);
    }
    inHeader ||= token === "<|start|>" || token === "<|channel|>";
    if (inHeader) {
      header += vocabulary[id]?.text ?? "";
      content = i + 1;
    }
    if (token === "<|message|>") {
      inHeader = false;
    }
    if (ENDS.has(token)) {
      close(i + 1);
      inHeader = false;
      content = i + 1;
    }
  });
  close(ids.length);
  return merged(spans);
}

/** Joins neighbours that say the same, so that a long text is one span. */
function merged(spans) {
  const out = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && last.message === span.message && last.rule === span.rule && last.isHeader === span.isHeader) {
      last.end = span.end;
    } else {
      out.push(span);
    }
  }
  return out;
}

export function idsOf(text) {
  return /^[\s\d,[\]]*\d[\s\d,[\]]*$/.test(text) ? text.match(/\d+/g).map(Number) : null;
}

function textOfTokens(ids, vocabulary) {
  const utf8 = new TextEncoder();
  const pieces = ids.map((id) => {
    const token = vocabulary[id];
    if (!token) return new Uint8Array();
    return token.bytes === undefined ? utf8.encode(token.text) : Uint8Array.from(token.bytes.match(/../g) ?? [], (hex) => parseInt(hex, 16));
  });
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder().decode(all);
}

export class Output {
  #view = new TokenView($("output-tokens"), $("output-readout"), "Tokens of the output", "Paste what a model wrote, or run one.");
  #live = new Live("harmony/parse", () => this.#question(), (answer) => this.#answered(answer), (error) => this.#failed(error));
  #show = tabs($("tab-read").parentElement, (mode) => this.#select(mode));
  #form = "read";
  #prompt; // returns ids and tools of the prompt
  #appended;
  #sampled = null; // ids that a model wrote here, as long as nobody edits their text
  #odds = [];
  #messages = [];
  #tools = "[]"; // of the prompt, as JSON
  #run = null;

  constructor(prompt, appended) {
    this.#prompt = prompt;
    this.#appended = appended;
    this.#show("read");
    $("output-text").addEventListener("input", () => {
      this.#sampled = null;
      this.#odds = [];
      this.#live.changed();
    });
    for (const id of ["output-role", "mode"]) {
      $(id).addEventListener("change", () => this.#live.changed(0));
    }
    $("copy-output-ids").addEventListener("click", (event) => {
      copy(JSON.stringify(this.#view.ids), "the ids");
      confirm(event.target, "Copied");
    });
    $("append").addEventListener("click", () => this.#append());
    $("run").addEventListener("click", () => this.toggle());
  }

  /** Asks anew if the tools of the prompt are others now. */
  promptChanged() {
    const tools = JSON.stringify(this.#prompt().tools);
    if (tools !== this.#tools) {
      this.#tools = tools;
      this.changed();
    }
  }

  changed() {
    if (!this.#run) {
      this.#live.changed();
    }
  }

  get state() {
    return { text: $("output-text").value, sampled: this.#sampled, role: $("output-role").value, mode: $("mode").value };
  }

  set state({ text = "", sampled = null, role = "assistant", mode = "recover" }) {
    this.stop();
    $("output-text").value = text;
    $("output-role").value = role;
    $("mode").value = mode;
    this.#sampled = Array.isArray(sampled) ? sampled.filter(Number.isInteger) : null;
    this.#odds = [];
    this.#live.changed(0);
  }

  // ---- reading ----

  #question() {
    const text = $("output-text").value;
    const ids = this.#sampled ?? idsOf(text);
    if (!ids?.length && text === "") {
      return null;
    }
    const mode = $("mode").value;
    return {
      ...(ids ? { tokens: ids } : { text }),
      role: $("output-role").value || null,
      mode: mode === "strict" ? "strict" : "recover",
      stripped: mode === "stripped",
      tools: this.#prompt().tools,
      include: this.#form === "read" ? [] : [this.#form],
    };
  }

  #answered(answer) {
    const { tokens = [], vocabulary = {}, messages = [], repairs = [], usage, finish_reason: reason } = answer ?? {};
    this.#note("");
    this.#showTokens(tokens, vocabulary, repairs);
    if (this.#sampled) {
      $("output-text").value = textOfTokens(tokens, vocabulary);
    }
    this.#messages = messages;
    $("append").disabled = messages.length === 0 || this.#run !== null;
    $("output-count").textContent = usage
      ? `${usage.total.toLocaleString("en")} tokens, ${usage.reasoning.toLocaleString("en")} of them reasoning · ${reason}`
      : "";
    $("read-messages").replaceChildren(...messages.map((message) => this.#message(message)));
    $("repairs").replaceChildren(...repairs.map((repair) => this.#repair(repair)));
    $("chat").textContent = answer?.chat ? JSON.stringify(answer.chat, null, 2) : "";
    $("events").replaceChildren(...this.#events(answer?.responses?.events ?? []));
  }

  #showTokens(ids, vocabulary, repairs) {
    const marks = new Map(repairs.map((repair) => [Math.min(repair.position, ids.length - 1), repair]));
    const beginsInHeader = $("output-role").value !== "" && $("mode").value !== "stripped";
    this.#view.show({ ids, vocabulary, spans: spansOf(ids, vocabulary, beginsInHeader), marks, odds: this.#odds });
  }

  #failed(error) {
    this.#note(error.message, true);
    $("append").disabled = true;
  }

  #note(text, isBad = false) {
    $("output-note").textContent = text;
    $("output-note").classList.toggle("bad", isBad);
  }

  #message(message) {
    return el(
      "li",
      { class: hueOf(message) },
      el("div", { class: "who" }, nameOf(message), message.content_type ? el("span", { textContent: message.content_type }) : null),
      el("div", { class: "said", textContent: textOf(message) }),
    );
  }

  #repair(repair) {
    const where = repair.position < this.#view.ids.length ? `token ${repair.position}` : "the end";
    return el(
      "li",
      { class: repair.severity },
      el(
        "button",
        {
          type: "button",
          title: `${repair.code}, ${repair.severity}`,
          onclick: () => this.#view.select(Math.min(repair.position, this.#view.ids.length - 1)),
        },
        el("code", { textContent: where }),
        repair.message,
      ),
    );
  }

  #events(events) {
    const shown = events.slice(0, MAX_EVENTS).map((event) => {
      const summary = event.delta ?? event.item?.type ?? event.part?.type ?? event.response?.status ?? "";
      return el(
        "li",
        {},
        el(
          "details",
          {
            ontoggle: ({ target }) => {
              if (target.open && target.childElementCount === 1) { // written when somebody looks
                target.append(el("pre", { textContent: JSON.stringify(event, null, 2) }));
              }
            },
          },
          el("summary", {}, event.type, el("span", { textContent: String(summary) })),
        ),
      );
    });
    if (events.length > MAX_EVENTS) {
      shown.push(el("li", { textContent: `and ${events.length - MAX_EVENTS} more` }));
    }
    return shown;
  }

  #select(mode) {
    this.#form = mode;
    this.#show(mode);
    this.#live.changed(0);
  }

  #append() {
    const messages = this.#messages;
    this.state = { role: $("output-role").value, mode: $("mode").value };
    this.#appended(messages);
    announce("Added to the conversation.");
  }

  // ---- running ----

  toggle() {
    if (this.#run) {
      this.stop();
    } else {
      this.#start();
    }
  }

  stop() {
    this.#run?.abort();
  }

  async #start() {
    const { ids } = this.#prompt();
    if (!ids.length) {
      this.#note("There is no prompt to run.", true);
      return;
    }
    const run = (this.#run = new AbortController());
    $("run").textContent = "Stop";
    $("output-role").value = $("next-role").value;
    $("append").disabled = true;
    this.#sampled = [];
    this.#odds = [];
    this.#note("Reading the prompt …");
    const vocabulary = {};
    let timer = null;
    const read = () => {
      timer ??= setTimeout(() => {
        timer = null;
        this.#live.ask();
      }, READ_EVERY);
    };
    try {
      await stream("v1/completions", this.#request(ids), run.signal, (chunk) => {
        const choice = chunk.choices?.[0];
        if (choice) {
          this.#take(choice, vocabulary);
          read();
        }
      });
      this.#note("");
    } catch (error) {
      this.#note(error.name === "AbortError" ? "Stopped." : error.message, error.name !== "AbortError");
    }
    clearTimeout(timer);
    this.#run = null;
    $("run").textContent = "Run";
    const said = $("output-note").textContent;
    await this.#live.ask();
    if (said && !$("output-note").textContent) {
      this.#note(said, said !== "Stopped.");
    }
    announce(`The model wrote ${this.#sampled?.length ?? 0} tokens.`);
  }

  #request(prompt) {
    return {
      ...($("model").value ? { model: $("model").value } : {}),
      prompt,
      max_tokens: Number($("max-tokens").value) || 256,
      temperature: Number($("temperature").value),
      stream: true,
      logprobs: 5,
      return_token_ids: true,
      skip_special_tokens: false,
    };
  }

  /** Takes a piece of the stream: one token, or a few. */
  #take(choice, vocabulary) {
    const ids = choice.token_ids ?? [];
    const logprobs = choice.logprobs;
    ids.forEach((id, i) => {
      const text = logprobs?.tokens?.[i] ?? (ids.length === 1 ? choice.text : `?${id}`);
      vocabulary[id] ??= { text, special: /^<\|[a-z_]+\|>$/.test(text) };
      if (logprobs?.token_logprobs?.[i] !== undefined && logprobs.token_logprobs[i] !== null) {
        const alternatives = Object.entries(logprobs.top_logprobs?.[i] ?? {})
          .map(([other, logprob]) => ({ text: other, logprob }))
          .sort((one, other) => other.logprob - one.logprob);
        this.#odds[this.#sampled.length] = { text, logprob: logprobs.token_logprobs[i], alternatives };
      }
      this.#sampled.push(id);
    });
    this.#showTokens(this.#sampled, vocabulary, []);
    this.#view.scrollToEnd();
    this.#note("");
    $("output-count").textContent = `${this.#sampled.length} tokens …`;
  }
}
