// Tokens in rows, of which only those in view are elements: a hundred thousand tokens scroll as a hundred do.
//
// A view shows ids of a vocabulary. Spans tile them: each has a hue, a message, and the rule that wrote its tokens. A token begins a
// row if a message begins with it, after a line end, and where the row is full. Widths are measured once for each id.

import { copy, el } from "./dom.js";

const ROW = 24;
const OVERSCAN = 8;
const GAP = 1;
const SHOWN_BYTES = 24;
const utf8 = new TextEncoder();

/** Returns what is shown of a token: its text, in which line ends and the like are signs. */
function shown(token, id) {
  if (!token) {
    return `?${id}`;
  }
  if (token.text === undefined) {
    return token.bytes.replace(/../g, (byte) => byte.toUpperCase() + " ").trim();
  }
  return token.text;
}

const SIGNS = /[\n\r\t\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

function sign(character) {
  return { "\n": "↵", "\r": "␍", "\t": "⇥" }[character] ?? "·";
}

function signed(text) {
  return SIGNS.test(text) ? [...text].map((c) => (SIGNS.test(c) ? sign(c) : c)).join("") : text;
}

export class TokenView {
  #box;
  #canvas;
  #readout;
  #empty;
  #pen = document.createElement("canvas").getContext("2d");
  #widths = new Map();
  #rows = new Map(); // the elements of the rows in view, by their numbers
  #starts = [0]; // the first token of each row, and the number of tokens
  #offsets = new Float64Array(1); // the byte where each token begins
  #spanOf = new Uint32Array(0);
  #model = { ids: [], vocabulary: {}, spans: [], marks: new Map(), odds: [] };
  #active = 0;
  #hovered = null;
  #bright = null;
  #width = 0;
  #frame = 0;

  constructor(box, readout, label, empty) {
    this.#box = box;
    this.#readout = readout;
    this.#empty = empty;
    this.#canvas = el("div", { class: "canvas", role: "presentation" });
    box.tabIndex = 0;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", label);
    box.setAttribute("aria-orientation", "horizontal");
    box.append(this.#canvas);
    box.addEventListener("scroll", () => this.#later(), { passive: true });
    box.addEventListener("pointermove", (event) => this.#hover(this.#at(event)));
    box.addEventListener("pointerleave", () => this.#hover(null));
    box.addEventListener("click", (event) => {
      const index = this.#at(event);
      if (index !== null) {
        this.select(index);
      }
    });
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("focus", () => this.#paint());
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientWidth !== this.#width) {
        this.#layout();
      }
    }).observe(box);
    this.show(this.#model);
  }

  /** Shows tokens: `ids`, `vocabulary`, `spans`; optionally `marks`, repairs by token, and `odds`, log-probabilities by token. */
  show(model) {
    this.#model = { marks: new Map(), odds: [], ...model };
    const { ids, vocabulary, spans } = this.#model;
    this.#offsets = new Float64Array(ids.length + 1);
    this.#spanOf = new Uint32Array(ids.length);
    ids.forEach((id, i) => (this.#offsets[i + 1] = this.#offsets[i] + bytesOf(vocabulary[id])));
    spans.forEach((span, number) => this.#spanOf.fill(number, span.start, span.end));
    this.#active = Math.min(this.#active, Math.max(0, ids.length - 1));
    this.#hovered = null;
    this.#layout();
  }

  get ids() {
    return this.#model.ids;
  }

  /** Makes all tokens faint but those whose span is told; null for none. */
  brighten(test) {
    this.#bright = test;
    this.#repaint();
  }

  /** Makes a token the active one, and scrolls to it. */
  select(index) {
    if (index < 0 || index >= this.#model.ids.length) {
      return;
    }
    this.#active = index;
    const top = this.#rowOf(index) * ROW;
    const { scrollTop, clientHeight } = this.#box;
    if (top < scrollTop || top + ROW > scrollTop + clientHeight) {
      this.#box.scrollTop = top < scrollTop ? top : top + ROW - clientHeight;
    }
    this.#repaint();
    this.#read(index);
  }

  scrollToEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  // ---- layout ----

  #layout() {
    const { ids, vocabulary, spans } = this.#model;
    this.#width = this.#box.clientWidth;
    const style = getComputedStyle(this.#box);
    this.#pen.font = `${style.fontSize} ${style.fontFamily}`;
    const gutter = matchMedia("(max-width: 560px)").matches ? 12 : 112;
    const room = Math.max(80, this.#width - gutter - 12);
    const starts = [0];
    let used = 0;
    let breaks = false;
    for (let i = 0; i < ids.length; i++) {
      const width = Math.min(room, this.#widthOf(ids[i], vocabulary[ids[i]]) + GAP);
      const begins = i > 0 && spans[this.#spanOf[i]]?.message !== spans[this.#spanOf[i - 1]]?.message;
      if (i > 0 && (begins || breaks || used + width > room)) {
        starts.push(i);
        used = 0;
      }
      used += width;
      breaks = vocabulary[ids[i]]?.text?.includes("\n") ?? false;
    }
    starts.push(ids.length);
    this.#starts = ids.length ? starts : [0];
    this.#canvas.style.height = `${(this.#starts.length - 1) * ROW}px`;
    this.#repaint();
    this.#read(this.#active);
  }

  #widthOf(id, token) {
    let width = this.#widths.get(id);
    if (width === undefined) {
      const plain = this.#pen.measureText(signed(shown(token, id))).width;
      width = token?.special ? (plain * 12) / 13 + 8 : token?.text === undefined ? plain + 6 : plain;
      if (token) {
        this.#widths.set(id, width);
      }
    }
    return width;
  }

  #rowOf(index) {
    let low = 0;
    let high = this.#starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  // ---- elements ----

  #later() {
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #repaint() {
    this.#rows.clear();
    this.#canvas.replaceChildren();
    this.#paint();
  }

  #paint() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const last = this.#starts.length - 2;
    if (last < 0) {
      this.#canvas.replaceChildren(el("p", { class: "nothing", textContent: this.#empty }));
      this.#box.removeAttribute("aria-activedescendant");
      return;
    }
    const from = Math.max(0, Math.floor(this.#box.scrollTop / ROW) - OVERSCAN);
    const to = Math.min(last, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / ROW) + OVERSCAN);
    for (const [number, row] of this.#rows) {
      if (number < from || number > to) {
        row.remove();
        this.#rows.delete(number);
      }
    }
    const fresh = document.createDocumentFragment();
    for (let number = from; number <= to; number++) {
      if (!this.#rows.has(number)) {
        const row = this.#row(number);
        this.#rows.set(number, row);
        fresh.append(row);
      }
    }
    this.#canvas.append(fresh);
    const active = this.#element(this.#active);
    if (active) {
      this.#box.setAttribute("aria-activedescendant", active.id);
    } else {
      this.#box.removeAttribute("aria-activedescendant");
    }
  }

  #row(number) {
    const start = this.#starts[number];
    const span = this.#model.spans[this.#spanOf[start]];
    const begins = number === 0 || this.#model.spans[this.#spanOf[start - 1]]?.message !== span?.message;
    const row = el("div", { class: `row ${span?.hue ?? "of-plain"}`, role: "presentation" });
    row.style.top = `${number * ROW}px`;
    row.append(el("span", { class: "gutter", "aria-hidden": "true", textContent: begins ? (span?.label ?? "") : "" }));
    for (let i = start; i < this.#starts[number + 1]; i++) {
      row.append(this.#token(i));
    }
    return row;
  }

  #token(index) {
    const { ids, vocabulary, spans, marks, odds } = this.#model;
    const token = vocabulary[ids[index]];
    const span = spans[this.#spanOf[index]];
    const mark = marks.get(index);
    const names = ["token", span?.hue ?? "of-plain"];
    if (token?.special) names.push("special");
    if (token && token.text === undefined) names.push("bytes");
    if (span?.isHeader) names.push("header");
    if (span?.isNext) names.push("next");
    if (mark) names.push("repaired", mark.severity);
    if (this.#bright && !this.#bright(span)) names.push("dim");
    if (index === this.#active && document.activeElement === this.#box) names.push("active");
    const element = el("span", {
      class: names.join(" "),
      id: `${this.#box.id}-${index}`,
      role: "option",
      "data-index": index,
      "aria-selected": index === this.#active,
      "aria-setsize": ids.length,
      "aria-posinset": index + 1,
      "aria-label": this.#spoken(index),
    });
    const text = shown(token, ids[index]);
    if (SIGNS.test(text)) {
      for (const c of text) {
        element.append(SIGNS.test(c) ? el("span", { class: "mark", textContent: sign(c) }) : c);
      }
    } else {
      element.textContent = text;
    }
    if (odds[index]) {
      const bar = el("span", { class: "odds", "aria-hidden": "true" });
      bar.style.transform = `scaleX(${Math.exp(odds[index].logprob).toFixed(3)})`;
      element.append(bar);
    }
    return element;
  }

  #element(index) {
    const number = this.#rowOf(index);
    return this.#rows.get(number)?.children[index - this.#starts[number] + 1];
  }

  #spoken(index) {
    const { ids, vocabulary, spans } = this.#model;
    const span = spans[this.#spanOf[index]];
    const text = shown(vocabulary[ids[index]], ids[index]);
    return `${text.trim() ? text : "white space"}, id ${ids[index]}, ${span ? `${span.name}: ${span.rule}` : ""}`;
  }

  #at(event) {
    const token = event.target.closest?.(".token");
    return token && this.#box.contains(token) ? Number(token.dataset.index) : null;
  }

  #hover(index) {
    if (index !== this.#hovered) {
      this.#hovered = index;
      this.#read(index ?? this.#active);
    }
  }

  // ---- keys ----

  #key(event) {
    if (event.altKey || event.metaKey || !this.#model.ids.length) {
      return;
    }
    const next = this.#next(event.key, event.ctrlKey);
    if (next !== undefined) {
      this.select(Math.max(0, Math.min(this.#model.ids.length - 1, next)));
    } else if (event.key === "c" && !event.ctrlKey) {
      copy(String(this.#model.ids[this.#active]), "the id");
    } else {
      return;
    }
    event.preventDefault();
  }

  #next(key, isCtrl) {
    const row = this.#rowOf(this.#active);
    const page = Math.max(1, Math.floor(this.#box.clientHeight / ROW) - 1);
    switch (key) {
      case "ArrowRight": return this.#active + 1;
      case "ArrowLeft": return this.#active - 1;
      case "ArrowDown": return this.#below(row + 1);
      case "ArrowUp": return this.#below(row - 1);
      case "PageDown": return this.#below(row + page);
      case "PageUp": return this.#below(row - page);
      case "Home": return isCtrl ? 0 : this.#starts[row];
      case "End": return isCtrl ? this.#model.ids.length - 1 : this.#starts[row + 1] - 1;
      case "]": return isCtrl ? undefined : this.#otherMessage(1);
      case "[": return isCtrl ? undefined : this.#otherMessage(-1);
      default: return undefined;
    }
  }

  /** Returns the token in another row that is as far right as the active one. */
  #below(row) {
    const target = Math.max(0, Math.min(this.#starts.length - 2, row));
    const left = this.#element(this.#active)?.offsetLeft;
    this.#box.scrollTop = Math.min(target * ROW, Math.max(this.#box.scrollTop, (target + 1) * ROW - this.#box.clientHeight));
    this.#paint();
    let index = this.#starts[target];
    while (left !== undefined && index + 1 < this.#starts[target + 1] && (this.#element(index + 1)?.offsetLeft ?? Infinity) <= left) {
      index++;
    }
    return index;
  }

  #otherMessage(step) {
    const { spans } = this.#model;
    let number = this.#spanOf[this.#active];
    const message = spans[number]?.message;
    if (step > 0) {
      while (number < spans.length - 1 && spans[number].message === message) number++;
      return spans[number].message === message ? this.#active : spans[number].start;
    }
    while (number > 0 && spans[number - 1].message === message) number--;
    if (spans[number].start === this.#active && number > 0) { // at its beginning: the one before
      const before = spans[--number].message;
      while (number > 0 && spans[number - 1].message === before) number--;
    }
    return spans[number].start;
  }

  // ---- the readout ----

  #read(index) {
    const { ids, vocabulary, spans, marks, odds } = this.#model;
    if (index >= ids.length) {
      this.#readout.replaceChildren(el("span", { class: "empty", textContent: "Point at a token, or go through them with the arrow keys." }));
      return;
    }
    const token = vocabulary[ids[index]];
    const span = spans[this.#spanOf[index]];
    const pair = (what, value) => el("span", {}, el("span", { class: "what", textContent: what }), el("span", { class: "value", textContent: value }));
    const parts = [
      pair("token", JSON.stringify(shown(token, ids[index]))),
      pair("id", ids[index]),
      pair("at", `${index} · byte ${this.#offsets[index]}`),
      pair("bytes", token?.special ? "none: a control token" : spaced(token?.bytes)),
      el("span", { class: `rule ${span?.hue ?? "of-plain"}` }, el("b", { textContent: span?.name ?? "" }), ` · the token ${span?.rule ?? ""}`),
    ];
    const mark = marks.get(index);
    if (mark) {
      parts.push(el("span", { class: "rule", textContent: `Repair: ${mark.message}` }));
    }
    if (odds[index]) {
      parts.push(this.#alternatives(odds[index]));
    }
    this.#readout.replaceChildren(...parts);
  }

  #alternatives({ text, logprob, alternatives }) {
    const others = alternatives.filter((other) => other.text !== text);
    return el(
      "div",
      { class: "alternatives" },
      ...[{ text, logprob, isChosen: true }, ...others].map((one) => {
        const chance = Math.exp(one.logprob);
        return el(
          "span",
          { class: one.isChosen ? "alternative chosen" : "alternative", title: `log-probability ${one.logprob.toFixed(4)}` },
          el("span", { textContent: signed(one.text) || "(empty)" }),
          el("meter", { min: 0, max: 1, value: chance, "aria-label": "probability" }),
          el("span", { textContent: chance >= 0.0005 ? `${(chance * 100).toFixed(1)}%` : "<0.1%" }),
        );
      }),
    );
  }
}

export function bytesOf(token) {
  if (!token) {
    return 0;
  }
  return token.bytes === undefined ? utf8.encode(token.text).length : token.bytes.length / 2;
}

function spaced(hex) {
  if (hex === undefined) {
    return "unknown";
  }
  const bytes = hex.match(/../g) ?? [];
  return bytes.slice(0, SHOWN_BYTES).join(" ") + (bytes.length > SHOWN_BYTES ? ` … (${bytes.length})` : "");
}
