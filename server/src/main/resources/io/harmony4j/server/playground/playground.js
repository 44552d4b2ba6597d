// The page: a conversation on the left becomes tokens on the right while it is typed, and what a model writes becomes messages.

import { $, announce, confirm, copy, el, options, tabs } from "./dom.js";
import { MessageList, declaredTools, newSystem } from "./conversation.js";
import { EXAMPLES, REQUEST } from "./examples.js";
import { Output } from "./output.js";
import { askForKey, get, Live } from "./server.js";
import { ofFragment, toFragment } from "./share.js";
import { hueOf, nameOf } from "./speakers.js";
import { TokenView } from "./tokens.js";

const HEADER = new Set(["start", "author", "recipient", "channel", "content_type", "message", "end"]);

/** With more messages than this the strip above the tokens shows who speaks, rather than each message. */
const MAX_STRIPES = 300;

const state = { mode: "messages", json: "", request: REQUEST, isRequestEdited: false };
let rendered = null; // the latest answer
let bright = null; // the section whose tokens stand out

const list = new MessageList(() => live.changed());
const prompt = new TokenView($("prompt-tokens"), $("prompt-readout"), "Tokens of the prompt", "The tokens of the conversation are shown here.");
const live = new Live("harmony/render", question, answered, failed);
const output = new Output(
  () => ({ ids: rendered?.tokens ?? [], tools: declaredTools(rendered?.conversation) }),
  (messages) => {
    const before = state.mode === "messages" ? list.messages : (rendered?.conversation.messages ?? []);
    showMessages([...before, ...messages]);
  },
);
const showMode = tabs($("tab-messages").parentElement, changeMode);

// ---- the conversation ----

function question() {
  const common = { next_role: $("next-role").value || null, ...($("policy").value ? { analysis_policy: $("policy").value } : {}) };
  switch (state.mode) {
    case "messages":
      return { conversation: { messages: list.messages }, ...common };
    case "json":
      return { any: $("json").value, ...common };
    default:
      return { [isResponses($("request").value) ? "responses" : "chat"]: $("request").value, ...common };
  }
}

function isResponses(json) {
  try {
    const request = JSON.parse(json);
    return !("messages" in request) && ("input" in request || "previous_response_id" in request);
  } catch {
    return false;
  }
}

function answered(answer) {
  rendered = answer;
  const { tokens, vocabulary, messages, dropped, ignored, sections, shape, count } = answer;
  const byIndex = new Map(messages.map((message) => [message.index, message]));
  const rules = new Map(sections.map((section) => [section.section, section.description]));
  const spans = answer.parts.map((part) => spanOf(part, byIndex.get(part.message), rules.get(part.part)));
  prompt.show({ ids: tokens, vocabulary, spans });
  $("prompt-count").textContent = `${count.toLocaleString("en")} tokens`;
  note("prompt-note", dropped.length ? `Left out, since a policy says so: the analysis of message${dropped.length > 1 ? "s" : ""} ${dropped.join(", ")}.` : "");
  note("conversation-note", [shapeNote(shape), ...ignored].filter(Boolean).join("\n"));
  showSections(sections, messages, count);
  if (state.mode === "messages") {
    list.cost(messages, dropped);
  }
  toolNames();
  output.promptChanged();
}

function spanOf({ part, message, start, end }, header, rule) {
  if (!header) {
    return { start, end, part, message, hue: "of-next", label: "next", name: "next message", isNext: true, rule };
  }
  const name = nameOf(header);
  return {
    start, end, part, message, rule,
    hue: hueOf(header),
    label: `${message} ${header.channel && header.role === "assistant" ? header.channel : (header.name ?? header.role)}`,
    name: `message ${message} · ${name}`,
    isHeader: HEADER.has(part),
  };
}

function shapeNote(shape) {
  const words = {
    chat_request: "a Chat Completions request",
    chat_answer: "a Chat Completions answer",
    responses_request: "a Responses request",
    responses_answer: "a Responses answer",
  };
  return words[shape] ? `Read as ${words[shape]}.` : "";
}

function failed(error) {
  note("conversation-note", error.message, true);
}

function note(id, text, isBad = false) {
  $(id).textContent = text;
  $(id).classList.toggle("bad", isBad);
}

function showMessages(messages) {
  state.mode = "messages";
  showMode("messages");
  list.show(messages);
  live.changed(0);
}

/** Shows the conversation in another form: what it is in the latest answer. */
function changeMode(mode) {
  if (mode === state.mode) {
    return;
  }
  const isVisit = state.mode === "request" && !state.isRequestEdited;
  const isConverted = !isVisit && (state.mode !== "messages" || mode === "json");
  const conversation = state.mode === "messages" ? { messages: list.messages } : rendered?.conversation;
  if (mode !== "request" && isConverted && $("conversation-note").classList.contains("bad") && state.mode !== "messages") {
    announce("What is wrong has to be mended before the conversation can be shown in another form.");
    $(state.mode).focus();
    return;
  }
  if (mode === "messages" && isConverted && conversation) {
    list.show(structuredClone(conversation.messages));
  } else if (mode === "json" && (isConverted || isVisit)) {
    const shown = isVisit ? { messages: list.messages } : conversation;
    $("json").value = JSON.stringify(shown, null, 2);
  } else if (mode === "request") {
    if (state.mode === "json" && conversation) {
      list.show(structuredClone(conversation.messages));
    }
    state.isRequestEdited = false;
  }
  state.mode = mode;
  showMode(mode);
  live.changed(0);
}

function toolNames() {
  const names = declaredTools(rendered?.conversation);
  $("tool-names").replaceChildren(...["assistant", ...names].map((value) => el("option", { value })));
}

// ---- sections ----

function showSections(sections, messages, count) {
  const strip = messages.length <= MAX_STRIPES
    ? messages.map((message) => [hueOf(message), message.end + 1 - message.start, `message ${message.index} · ${nameOf(message)}`])
    : [...(Map.groupBy?.(messages, hueOf) ?? [])].map(([hue, some]) => [hue, some.reduce((sum, one) => sum + one.end + 1 - one.start, 0), hue.slice(3)]);
  const isKnown = sections.some((section) => section.section === bright);
  bright = isKnown ? bright : null;
  $("sections").replaceChildren(
    el("div", { class: "strip", "aria-hidden": "true" }, ...strip.map(([hue, size, title]) => {
      const stripe = el("span", { class: hue, title: `${title}: ${size} tokens` });
      stripe.style.flexGrow = size;
      return stripe;
    })),
    el("div", { class: "list", role: "group", "aria-label": "Tokens by section" }, ...sections.map(({ section, tokens, description }) =>
      el("button", {
        type: "button",
        "aria-pressed": section === bright,
        title: `${description}: ${(tokens / count * 100).toFixed(1)}% of the prompt`,
        onclick: (event) => {
          bright = bright === section ? null : section;
          for (const button of $("sections").querySelectorAll("button")) {
            button.setAttribute("aria-pressed", button === event.currentTarget && bright !== null);
          }
          brighten();
        },
      }, section.replaceAll("_", " "), el("b", { textContent: tokens.toLocaleString("en") }))),
    ),
  );
  brighten();
}

function brighten() {
  prompt.brighten(bright === null ? null : (span) => span.part === bright);
}

// ---- the state of the page ----

function currentState() {
  return {
    mode: state.mode,
    ...(state.mode === "messages" ? { messages: list.messages } : { text: $(state.mode).value }),
    next: $("next-role").value,
    policy: $("policy").value,
    output: output.state,
  };
}

function restore(saved) {
  const mode = ["messages", "json", "request"].includes(saved.mode) ? saved.mode : "messages";
  $("next-role").value = ["assistant", "user", ""].includes(saved.next) ? saved.next : "assistant";
  $("policy").value = typeof saved.policy === "string" ? saved.policy : "";
  state.mode = mode;
  showMode(mode);
  if (mode === "messages") {
    list.show(Array.isArray(saved.messages) ? saved.messages.filter((message) => message && typeof message === "object") : [newSystem()]);
  } else {
    $(mode).value = String(saved.text ?? "");
    state.isRequestEdited = true;
  }
  output.state = typeof saved.output === "string" ? { text: saved.output } : { ...saved.output };
  live.changed(0);
}

async function share(button) {
  const fragment = await toFragment(currentState());
  history.replaceState(null, "", fragment);
  await copy(location.href, "the link");
  confirm(button, "Copied");
}

async function restoreFromAddress() {
  const saved = await ofFragment(location.hash);
  try {
    if (saved) {
      restore(saved);
    }
    return saved !== null;
  } catch { // a link that this page did not make
    return false;
  }
}

// ---- the page ----

async function service() {
  try {
    const { data } = await get("v1/models");
    $("model").replaceChildren(...options(data.map(({ id }) => [id])));
    $("service").textContent = `Model: ${data.map(({ id }) => id).join(", ")}`;
  } catch (error) {
    $("service").textContent = error.message;
    if (error.status === 503) { // it is loading the model
      setTimeout(service, 2000);
    }
  }
}

function keys(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    output.toggle();
    event.preventDefault();
  } else if (event.key === "Escape" && !$("keys").open) {
    output.stop();
  } else if (event.altKey && event.shiftKey && /^Digit[123]$/.test(event.code)) {
    const target = {
      Digit1: state.mode === "messages" ? ($("messages").querySelector("textarea") ?? $("add").firstChild) : $(state.mode),
      Digit2: $("prompt-tokens"),
      Digit3: $("output-text"),
    }[event.code];
    target.focus();
    target.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  }
}

document.body.append(el("datalist", { id: "tool-names" }));
$("example").append(el("option", { value: "", textContent: "choose …" }), ...options(Object.keys(EXAMPLES).map((name) => [name])));
$("example").addEventListener("change", ({ target }) => {
  if (target.value) {
    restore(EXAMPLES[target.value]());
    target.value = "";
  }
});
$("request").value = REQUEST;
for (const id of ["json", "request"]) {
  $(id).addEventListener("input", () => {
    state.isRequestEdited ||= id === "request";
    live.changed();
  });
}
for (const id of ["next-role", "policy"]) {
  $(id).addEventListener("change", () => live.changed(0));
}
$("copy-prompt-ids").addEventListener("click", ({ target }) => {
  copy(JSON.stringify(rendered?.tokens ?? []), "the ids");
  confirm(target, "Copied");
});
$("copy-prompt-text").addEventListener("click", ({ target }) => {
  copy(rendered?.text ?? "", "the text");
  confirm(target, "Copied");
});
$("share").addEventListener("click", ({ target }) => share(target));
$("help").addEventListener("click", () => $("keys").showModal());
document.addEventListener("keydown", keys);
addEventListener("hashchange", restoreFromAddress);
askForKey(() => {
  service();
  live.changed(0);
  output.changed();
});

service();
if (!(await restoreFromAddress())) {
  restore(EXAMPLES["A tool call"]());
}
