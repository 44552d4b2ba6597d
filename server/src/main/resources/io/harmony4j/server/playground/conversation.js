// The conversation as cards, one a message. A card changes the message's JSON, the format's own, and keeps what it does not show.

import { $, announce, el, options } from "./dom.js";
import { hueOf } from "./speakers.js";

const ROLES = ["system", "developer", "user", "assistant", "tool"];
const CHANNELS = ["analysis", "commentary", "final"];
const CONTENT_TYPES = ["<|constrain|>json", "json", "code"];
const EFFORTS = ["Low", "Medium", "High"];

/** Longer texts, in UTF-16 code units, are in a field of a fixed height: measuring them at each key would take too long. */
const LONG = 20_000;

export function newSystem() {
  return {
    role: "system",
    content: [
      {
        type: "system_content",
        model_identity: "You are ChatGPT, a large language model trained by OpenAI.",
        reasoning_effort: "Medium",
        conversation_start_date: new Date().toISOString().slice(0, 10),
        knowledge_cutoff: "2024-06",
        channel_config: { valid_channels: [...CHANNELS], channel_required: true },
      },
    ],
  };
}

function newDeveloper() {
  return { role: "developer", content: [{ type: "developer_content", instructions: "" }] };
}

/** What can be added: a name, an example of its colour, and a new message. */
const NEW = [
  ["user", () => ({ role: "user", content: "" })],
  ["analysis", () => ({ role: "assistant", channel: "analysis", content: "" })],
  ["call", () => ({ role: "assistant", recipient: "functions.", channel: "commentary", content_type: "<|constrain|>json", content: "{}" })],
  ["result", () => ({ role: "tool", name: "functions.", recipient: "assistant", channel: "commentary", content: "" })],
  ["final", () => ({ role: "assistant", channel: "final", content: "" })],
  ["developer", newDeveloper],
  ["system", newSystem],
];

export class MessageList {
  #list = $("messages");
  #changed;
  messages = [];

  constructor(changed) {
    this.#changed = changed;
    $("add").append(
      ...NEW.map(([name, make]) =>
        el("button", { type: "button", class: hueOf(make()), textContent: `+ ${name}`, onclick: () => this.#add(make()) }),
      ),
    );
    this.#list.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const card = event.target.closest(".message");
      if (step && card && event.altKey && event.shiftKey) {
        this.#move(Number(card.dataset.index), step);
        event.preventDefault();
      }
    });
  }

  show(messages) {
    this.messages = messages;
    this.#list.replaceChildren(...messages.map((message, index) => this.#card(message, index)));
  }

  /** Shows how many tokens each message has, and which are left out. */
  cost(spans, dropped) {
    const sizes = new Map(spans.map((span) => [span.index, span.end + 1 - span.start]));
    const out = new Set(dropped);
    for (const card of this.#list.children) {
      const index = Number(card.dataset.index);
      card.classList.toggle("dropped", out.has(index));
      card.querySelector(".cost").textContent = out.has(index) ? "left out" : (sizes.get(index)?.toLocaleString("en") ?? "");
    }
  }

  #add(message) {
    this.messages.push(message);
    this.#redraw(this.messages.length - 1);
    announce("Added a message.");
  }

  #remove(index) {
    this.messages.splice(index, 1);
    this.#redraw(Math.min(index, this.messages.length - 1));
    announce(`Removed message ${index}.`);
  }

  #move(index, step) {
    const to = index + step;
    if (to >= 0 && to < this.messages.length) {
      this.messages.splice(to, 0, ...this.messages.splice(index, 1));
      this.#redraw(to);
      announce(`Message is number ${to} now.`);
    }
  }

  #redraw(focused) {
    this.show(this.messages);
    this.#changed();
    const card = this.#list.children[focused];
    (card?.querySelector("textarea") ?? card?.querySelector("select") ?? $("add").firstChild).focus();
  }

  /** Draws a card anew, because it has other fields now. */
  #replace(index, focus) {
    const card = this.#card(this.messages[index], index);
    this.#list.children[index].replaceWith(card);
    card.querySelector(focus)?.focus();
    this.#changed();
  }

  #card(message, index) {
    const said = `message ${index}`;
    const set = (name, value) => {
      if (value === "") {
        delete message[name];
      } else {
        message[name] = value;
      }
    };
    const role = el(
      "select",
      {
        class: "role",
        "aria-label": `Role of ${said}`,
        onchange: () => {
          this.#changeRole(message, role.value);
          this.#replace(index, ".role");
        },
      },
      ...options(choices(ROLES, message.role)),
    );
    const channel = el(
      "select",
      {
        "aria-label": `Channel of ${said}`,
        class: "channel",
        onchange: () => {
          set("channel", channel.value);
          this.#replace(index, ".channel");
        },
      },
      ...options([["", "no channel"], ...choices(CHANNELS, message.channel)], message.channel ?? ""),
    );
    role.value = message.role;
    const field = (name, label, list) =>
      el("input", {
        value: message[name] ?? "",
        placeholder: label,
        "aria-label": `${label} of ${said}`,
        spellcheck: false,
        autocapitalize: "off",
        ...(list ? { list } : {}),
        oninput: (event) => {
          set(name, event.target.value);
          this.#changed();
        },
      });
    const type = el(
      "select",
      {
        "aria-label": `Content type of ${said}`,
        onchange: () => {
          set("content_type", type.value);
          this.#changed();
        },
      },
      ...options([["", "no type"], ...choices(CONTENT_TYPES, message.content_type)], message.content_type ?? ""),
    );
    const speaks = message.role === "assistant" || message.role === "tool" || message.channel;
    return el(
      "li",
      { class: `message ${hueOf(message)}`, "data-index": index, "aria-label": `Message ${index}, ${message.role}` },
      el(
        "div",
        { class: "head" },
        role,
        message.role === "tool" || message.name ? field("name", "name", "tool-names") : null,
        speaks ? channel : null,
        speaks || message.recipient ? field("recipient", "recipient", "tool-names") : null,
        message.recipient || message.content_type ? type : null,
        el("span", { class: "cost", title: "tokens" }),
        el(
          "span",
          { class: "tail" },
          this.#button("↑", `Move ${said} up`, index === 0, () => this.#move(index, -1)),
          this.#button("↓", `Move ${said} down`, index === this.messages.length - 1, () => this.#move(index, 1)),
          this.#button("×", `Remove ${said}`, false, () => this.#remove(index)),
        ),
      ),
      ...this.#content(message, said),
    );
  }

  #button(text, label, disabled, onclick) {
    return el("button", { type: "button", class: "bare", textContent: text, title: label, "aria-label": label, disabled, onclick });
  }

  #changeRole(message, role) {
    const text = typeof message.content === "string" ? message.content : "";
    const fresh = { system: newSystem, developer: newDeveloper }[role]?.() ?? { role, content: text };
    if (role === "developer") {
      fresh.content[0].instructions = text;
    }
    for (const name of Object.keys(message)) {
      delete message[name];
    }
    Object.assign(message, fresh);
    if (role === "assistant") {
      message.channel = "final";
    } else if (role === "tool") {
      Object.assign(message, { name: "functions.", recipient: "assistant", channel: "commentary" });
    }
  }

  #content(message, said) {
    const only = Array.isArray(message.content) && message.content.length === 1 ? message.content[0] : null;
    if (only?.type === "system_content") {
      return [this.#system(only)];
    }
    if (only?.type === "developer_content") {
      return this.#developer(only, said);
    }
    if (only?.type === "text") {
      return [this.#area(`Content of ${said}`, only.text, (text) => (only.text = text))];
    }
    if (typeof message.content === "string") {
      return [this.#area(`Content of ${said}`, message.content, (text) => (message.content = text))];
    }
    return [this.#json("Content, as JSON", message.content, (value) => (message.content = value))];
  }

  #area(label, value, set, isCode = false) {
    return el("textarea", {
      value,
      rows: 1,
      class: `${isCode ? "code" : ""} ${value.length > LONG ? "long" : ""}`,
      "aria-label": label,
      spellcheck: false,
      oninput: (event) => {
        set(event.target.value);
        this.#changed();
      },
    });
  }

  /** A field of JSON; what is not JSON yet is told beside it and has no effect. */
  #json(label, value, set) {
    const wrong = el("span", { class: "wrong", role: "status" });
    const area = this.#area(
      label,
      value === undefined || value === null ? "" : JSON.stringify(value, null, 2),
      (text) => {
        try {
          set(text.trim() ? JSON.parse(text) : undefined);
          wrong.textContent = "";
        } catch (error) {
          wrong.textContent = error.message;
        }
      },
      true,
    );
    return el("label", { class: "field" }, label, area, wrong);
  }

  #system(content) {
    const set = (name, value) => {
      content[name] = value === "" ? null : value;
      this.#changed();
    };
    const input = (label, name, type, isFull) =>
      el(
        "label",
        { class: isFull ? "full" : "" },
        label,
        el("input", { type, value: content[name] ?? "", spellcheck: false, oninput: (event) => set(name, event.target.value) }),
      );
    const effort = el(
      "select",
      { onchange: () => set("reasoning_effort", effort.value) },
      ...options([["", "not said"], ...choices(EFFORTS, content.reasoning_effort)], content.reasoning_effort ?? ""),
    );
    const channels = el("input", {
      value: (content.channel_config?.valid_channels ?? []).join(", "),
      spellcheck: false,
      oninput: () => {
        const names = channels.value.split(",").map((name) => name.trim()).filter(Boolean);
        set("channel_config", names.length ? { valid_channels: names, channel_required: content.channel_config?.channel_required ?? true } : null);
      },
    });
    return el(
      "div",
      { class: "fields" },
      input("Identity", "model_identity", "text", true),
      el("label", {}, "Reasoning", effort),
      input("Current date", "conversation_start_date", "text"),
      input("Knowledge cutoff", "knowledge_cutoff", "text"),
      el("label", { class: "full" }, "Channels", channels),
      content.tools ? el("div", { class: "full" }, this.#json("Built-in tools, as JSON", content.tools, (tools) => (content.tools = tools ?? null))) : null,
    );
  }

  #developer(content, said) {
    const functions = content.tools?.functions?.tools;
    const others = Object.keys(content.tools ?? {}).some((name) => name !== "functions");
    return [
      el(
        "label",
        { class: "field" },
        "Instructions",
        this.#area(`Instructions of ${said}`, content.instructions ?? "", (text) => (content.instructions = text === "" ? null : text)),
      ),
      others
        ? this.#json("Tools, as JSON", content.tools, (tools) => (content.tools = tools ?? null))
        : this.#json("Functions: a list of name, description, parameters", functions, (tools) => {
            content.tools = tools?.length ? { functions: { name: "functions", description: null, tools } } : null;
          }),
      content.response_formats?.length
        ? this.#json("Response formats", content.response_formats, (formats) => (content.response_formats = formats ?? []))
        : null,
    ];
  }
}

/** Returns the known words, and the one that is there if it is none of them. */
function choices(known, value) {
  const all = value === undefined || value === null || known.includes(value) ? known : [...known, value];
  return all.map((word) => [word, word]);
}

/** Returns the tools that a conversation declares, by their full names. */
export function declaredTools(conversation) {
  const names = [];
  for (const message of conversation?.messages ?? []) {
    for (const part of Array.isArray(message.content) ? message.content : []) {
      for (const namespace of Object.values(part.tools ?? {})) {
        const tools = (namespace.tools ?? []).map((tool) => `${namespace.name}.${tool.name}`);
        names.push(...(tools.length ? tools : [namespace.name]));
      }
    }
  }
  return names;
}
