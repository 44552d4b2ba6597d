// The playground in a real browser: typing, rendering, parsing, running, sharing, by mouse and by keyboard alone, on a phone, in the
// dark, with markup in every field and with a hundred thousand tokens.
//
//   node playground.mjs FOLDER BROWSER SERVE...
//
// FOLDER is where npm has installed puppeteer-core, BROWSER a Chromium, SERVE the command that serves, to which options are added.
// With SCREENSHOTS=folder in the environment it takes the pictures of docs/playground.md and ends; with ONLY=words it checks only what
// is named so.

import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const [folder, executablePath, ...command] = process.argv.slice(2);
const puppeteer = createRequire(resolve(folder) + "/")("puppeteer-core");
const KEY = "sesame";
const EXPECTED_FAILURE = /status of (400|401|404)/; // the browser logs every answer that is an error

const servers = [];

/** Starts a server; returns its address when it serves. */
function serve(...more) {
  const server = spawn(command[0], [...command.slice(1), "--port", "0", "--no-log", ...more], { stdio: ["ignore", "ignore", "pipe"] });
  servers.push(server);
  return new Promise((served, failed) => {
    const lines = [];
    createInterface({ input: server.stderr }).on("line", (line) => {
      lines.push(line);
      const found = /playground: (\S+)\)/.exec(line);
      if (found) {
        served(found[1]);
      }
    });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}:\n${lines.join("\n")}`)));
  });
}

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const problems = [];

async function open(address, { width = 1360, height = 900, scheme = "light", scale = 1, wait = true } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => problems.push(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED_FAILURE.test(message.text())) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith("data:")) {
      problems.push(`a foreign host is asked: ${request.url()}`);
    }
  });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  await page.goto(address);
  if (wait) {
    await page.waitForSelector("#prompt-tokens .token").catch(async () => {
      throw new Error(`no tokens: ${await text(page, "#conversation-note")} ${problems.join("; ")}`);
    });
    await settled(page);
  }
  return page;
}

const text = (page, selector) => page.$eval(selector, (element) => element.value ?? element.textContent);
const texts = (page, selector) => page.$$eval(selector, (elements) => elements.map((element) => element.textContent));
const count = async (page) => Number((await text(page, "#prompt-count")).replace(/\D/g, ""));
const until = (page, test, ...given) => page.waitForFunction(test, { polling: 50 }, ...given);
const settled = (page) => until(page, () => !("busy" in document.body.dataset));

/** Puts a text in the place of a field's, as typing does. */
async function fill(page, selector, value) {
  await page.$eval(
    selector,
    (field, content) => {
      field.value = content;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );
  await settled(page);
}

const choose = async (page, selector, value) => {
  await page.select(selector, value);
  await settled(page);
};
const user = "#messages .of-user textarea";

// ---- what is checked ----

const checks = {
  async "it opens with an example that is rendered and read"(page) {
    assert.match(await text(page, "#service"), /gpt-oss/);
    assert.ok((await count(page)) > 100);
    assert.deepEqual((await texts(page, "#prompt-tokens .token")).slice(0, 3), ["<|start|>", "system", "<|message|>"]);
    assert.equal((await page.$$("#read-messages li")).length, 2);
    assert.equal(await page.$eval("#prompt-tokens .token.special", (token) => getComputedStyle(token).backgroundColor), "rgba(0, 0, 0, 0)");
  },

  async "tokens follow the typing"(page) {
    const before = await count(page);
    await page.focus(user);
    await page.keyboard.press("End");
    await page.keyboard.type(" Or a coat?");
    await until(page, (old) => Number(document.querySelector("#prompt-count").textContent.replace(/\D/g, "")) === old + 4, before);
    assert.ok((await texts(page, "#prompt-tokens .of-user.token")).includes(" coat"));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  },

  async "an answer that comes late is dropped"(page) {
    await page.setRequestInterception(true);
    let held = null;
    page.on("request", (request) => {
      if (!held && request.url().endsWith("harmony/render")) {
        held = request;
      } else {
        request.continue();
      }
    });
    await page.$eval(user, (field) => {
      field.value = "first";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await until(page, () => true);
    while (!held) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await page.$eval(user, (field) => {
      field.value = "second";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await until(page, () => document.querySelector("#prompt-tokens").textContent.includes("second"));
    await held.continue().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok((await text(page, "#prompt-tokens")).includes("second"));
    await page.setRequestInterception(false);
  },

  async "messages are added, moved, changed and removed"(page) {
    await page.click("#add button:nth-child(2)");
    await page.keyboard.type("Hm.");
    await settled(page);
    assert.equal((await page.$$("#messages .message")).length, 4);
    assert.ok((await texts(page, "#prompt-tokens .of-analysis.token")).includes("Hm"));
    await page.keyboard.down("Alt");
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.up("Shift");
    await page.keyboard.up("Alt");
    await settled(page);
    assert.ok(await page.$("#messages .message:nth-child(3).of-analysis"));
    await choose(page, "#messages .message:nth-child(3) .channel", "final");
    assert.ok(await page.$("#messages .message:nth-child(3).of-final"));
    await choose(page, "#messages .message:nth-child(3) .role", "tool");
    assert.ok(await page.$("#prompt-tokens .of-tool.token"));
    await page.click("#messages .message:nth-child(3) button[aria-label^=Remove]");
    await settled(page);
    assert.equal((await page.$$("#messages .message")).length, 3);
    assert.ok(!(await page.$("#prompt-tokens .of-tool.token")));
  },

  async "a conversation is JSON and back"(page) {
    const before = await count(page);
    await page.click("#tab-json");
    await settled(page);
    assert.equal(await count(page), before);
    const json = JSON.parse(await text(page, "#json"));
    json.messages.push({ role: "assistant", channel: "final", content: "No." });
    await fill(page, "#json", JSON.stringify(json, null, 1));
    await page.click("#tab-messages");
    await settled(page);
    assert.equal((await page.$$("#messages .message")).length, 4);
    assert.ok((await count(page)) > before);
  },

  async "what is wrong in JSON is told with its line, and the tokens stay"(page) {
    await page.click("#tab-json");
    await settled(page);
    const before = await count(page);
    await fill(page, "#json", '{"messages":[\n{"role":"usr","content":"a"}]}');
    assert.match(await text(page, "#conversation-note"), /expected a role .*line 2/);
    assert.ok(await page.$("#conversation-note.bad"));
    assert.equal(await count(page), before);
    await fill(page, "#json", '{"messages":[{"role":"user","content":"a","chanel":"x"}]}');
    assert.match(await text(page, "#conversation-note"), /chanel/);
  },

  async "a request of an API is read, and becomes messages"(page) {
    await page.click("#tab-request");
    await settled(page);
    assert.match(await text(page, "#conversation-note"), /Chat Completions request/);
    await fill(page, "#request", '{"input":"Hello there","reasoning":{"effort":"high"}}');
    assert.match(await text(page, "#conversation-note"), /Responses request/);
    assert.match(await text(page, "#prompt-tokens"), /Reasoning: high/);
    await page.click("#tab-messages");
    await settled(page);
    assert.equal(await text(page, user), "Hello there");
  },

  async "a visit to the request changes no messages"(page) {
    await page.click("#tab-request");
    await settled(page);
    await page.click("#tab-messages");
    await settled(page);
    assert.equal((await page.$$("#messages .message")).length, 3);
  },

  async "a policy leaves thoughts out, and their cards say so"(page) {
    await choose(page, "#example", "Two turns, thoughts left out");
    assert.match(await text(page, "#prompt-note"), /analysis of message 3/);
    assert.equal(await text(page, ".message.dropped .cost"), "left out");
    await choose(page, "#policy", "keep-all");
    assert.equal(await page.$(".message.dropped"), null);
    await choose(page, "#next-role", "");
    assert.ok(!(await text(page, "#sections")).includes("next message"));
  },

  async "sections are counted, and one can be made to stand out"(page) {
    const counts = await page.$$eval("#sections button b", (all) => all.map((b) => Number(b.textContent.replace(/\D/g, ""))));
    assert.equal(counts.reduce((sum, one) => sum + one, 0), await count(page));
    const tools = (await page.$$("#sections button")).at((await texts(page, "#sections button")).findIndex((name) => name.startsWith("tools")));
    await tools.click();
    assert.equal(await page.$eval("#prompt-tokens .token:not(.dim)", (token) => token.textContent), "#");
    await tools.click();
    assert.equal(await page.$("#prompt-tokens .token.dim"), null);
  },

  async "a token tells its id, bytes, place, message and rule, to the mouse and to the keys"(page) {
    await page.hover('#prompt-tokens [data-index="2"]');
    assert.match(await text(page, "#prompt-readout"), /<\|message\|>.*200008.*2 · byte.*a control token.*message 0 · system.*ends the header/s);
    await page.mouse.move(2, 2);
    await page.focus("#prompt-tokens");
    await page.keyboard.press("ArrowRight");
    assert.match(await text(page, "#prompt-readout"), /"system".*17360.*1 · byte 9.*73 79 73 74 65 6d/s);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("]");
    assert.match(await text(page, "#prompt-readout"), /message 1 · developer · the token begins a message/);
    await page.keyboard.press("[");
    assert.match(await text(page, "#prompt-readout"), /message 0 · system · the token begins a message/);
    await page.keyboard.down("Control");
    await page.keyboard.press("End");
    await page.keyboard.up("Control");
    assert.match(await text(page, "#prompt-readout"), /next message · the token begins the message that the model is to write/);
    const active = await page.$eval("#prompt-tokens", (box) => document.getElementById(box.getAttribute("aria-activedescendant")).getAttribute("aria-label"));
    assert.match(active, /^assistant, id 173781, next message/);
  },

  async "repairs are marked where they happened"(page) {
    await choose(page, "#example", "Output that needs repairs");
    const repairs = await texts(page, "#repairs button");
    assert.ok(repairs.length >= 3, repairs.join("\n"));
    await page.click("#repairs button");
    assert.match(await text(page, "#output-readout"), /Repair: /);
    assert.ok((await page.$$("#output-tokens .token.repaired")).length > 0);
    assert.deepEqual(await texts(page, "#read-messages .who"), ["assistant · analysis", "assistant · commentary · to functions.get_weather<|constrain|>json".replace("<|constrain|>", "")]);
  },

  async "output is shown as both APIs answer it"(page) {
    await page.click("#tab-chat");
    await settled(page);
    const chat = JSON.parse(await text(page, "#chat"));
    assert.equal(chat.choices[0].message.tool_calls[0].function.arguments, '{"city":"Tokyo"}');
    await page.click("#tab-responses");
    await settled(page);
    const events = await texts(page, "#events summary");
    assert.match(events[0], /^response.created/);
    assert.match(events.at(-1), /^response.completed/);
    await page.click("#events summary");
    await until(page, () => document.querySelector("#events pre")?.textContent.includes('"sequence_number": 0'));
  },

  async "ids can be pasted, and read strictly"(page) {
    await fill(page, "#output-text", "[200005, 17196, 200008, 13225, 200002]");
    assert.deepEqual(await texts(page, "#read-messages .said"), ["Hello"]);
    await choose(page, "#mode", "strict");
    await fill(page, "#output-text", "Hello");
    assert.match(await text(page, "#output-note"), /expected <\|message\|> .* but found/);
    await choose(page, "#mode", "stripped");
    await fill(page, "#output-text", "analysisLet me see.assistantfinalHello");
    assert.deepEqual(await texts(page, "#read-messages .said"), ["Let me see.", "Hello"]);
  },

  async "what was read joins the conversation"(page) {
    await page.click("#tab-read");
    await settled(page);
    await page.click("#append");
    await settled(page);
    assert.equal((await page.$$("#messages .message")).length, 5);
    assert.equal(await text(page, "#output-text"), "");
  },

  async "the model runs, token by token, with log-probabilities"(page) {
    await choose(page, "#example", "A question");
    await page.click("#run");
    await until(page, () => document.querySelectorAll("#output-tokens .odds").length > 3);
    await until(page, () => document.querySelector("#run").textContent === "Run");
    await settled(page);
    assert.equal(await text(page, "#output-note"), "");
    assert.match(await text(page, "#output-text"), /<\|message\|>/);
    assert.ok((await page.$$("#read-messages li")).length > 0);
    await page.hover('#output-tokens [data-index="1"]');
    assert.ok((await page.$$("#output-readout .alternative")).length >= 2);
    assert.match(await text(page, "#output-readout .alternative.chosen"), /%$/);
  },

  async "a run can be stopped"(page) {
    await page.$eval("#max-tokens", (field) => (field.value = 4000));
    await fill(page, user, "Count from 1 to 500.");
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
    await until(page, () => document.querySelector("#run").textContent === "Stop");
    await page.keyboard.press("Escape");
    await until(page, () => document.querySelector("#run").textContent === "Run");
  },

  async "a link holds the page"(page, address) {
    await fill(page, user, "Shared: ß 😀 <b>");
    await fill(page, "#output-text", "<|channel|>final<|message|>Yes.<|return|>");
    await choose(page, "#policy", "keep-all");
    await page.click("#share");
    await until(page, () => location.hash.length > 10);
    const other = await open(await page.evaluate(() => location.href));
    assert.equal(await text(other, user), "Shared: ß 😀 <b>");
    assert.equal(await text(other, "#policy"), "keep-all");
    assert.deepEqual(await texts(other, "#read-messages .said"), ["Yes."]);
    assert.equal(await count(other), await count(page));
    await other.browserContext().close();
    for (const broken of ["#1.", "#1.AAAA", "#1.!!!", "#2.x"]) {
      const opened = await open(address + broken);
      assert.ok((await count(opened)) > 0);
      await opened.browserContext().close();
    }
  },

  async "markup stays text in every field"(page) {
    const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
    const content = { type: "system_content", model_identity: markup, conversation_start_date: markup, knowledge_cutoff: markup };
    const hostile = {
      messages: [
        { role: "system", content: [content] },
        { role: "developer", content: [{ type: "developer_content", instructions: markup, tools: { functions: { name: "functions", description: markup, tools: [{ name: markup, description: markup }] } } }] },
        { role: "user", name: markup, content: markup },
        { role: "assistant", channel: markup, recipient: markup, content_type: markup, content: [{ type: "text", text: markup }, { type: "text", text: markup }] },
        { role: "tool", name: markup, content: markup },
      ],
    };
    await page.click("#tab-json");
    await fill(page, "#json", JSON.stringify(hostile));
    assert.ok(!(await page.$("#conversation-note.bad")), await text(page, "#conversation-note"));
    await page.click("#tab-messages");
    await settled(page);
    await fill(page, "#output-text", `<|channel|>${markup}<|message|>${markup}<|end|>${markup}<|start|>${markup}<|message|>a<|call|>`);
    for (const tab of ["#tab-chat", "#tab-responses", "#tab-read"]) {
      await page.click(tab);
      await settled(page);
    }
    await page.$$eval(".token", (tokens) => tokens.forEach((token) => token.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }))));
    await page.click("#tab-request");
    await fill(page, "#request", markup);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script, dialog img").length), 0);
  },

  async "a hundred thousand tokens scroll"(page) {
    const words = ["The quick brown fox", "jumps over", "the lazy dog,", "日本語テキスト", "naïve café 😀", "function f(x) { return x + 1; }", "\n"];
    const long = Array.from({ length: 24_000 }, (_, i) => words[i % words.length]).join(" ");
    const began = Date.now();
    await page.click("#tab-json");
    await page.$eval("#json", (field, content) => {
      field.value = JSON.stringify({ messages: [{ role: "user", content }, { role: "assistant", channel: "analysis", content: "Hm." }] });
      field.dispatchEvent(new Event("input"));
    }, long);
    await until(page, () => Number(document.querySelector("#prompt-count").textContent.replace(/\D/g, "")) > 100_000);
    const shown = Date.now() - began;
    const measured = await page.evaluate(async () => {
      const box = document.querySelector("#prompt-tokens");
      const room = box.scrollHeight - box.clientHeight;
      const times = [];
      let most = 0;
      let last = await new Promise(requestAnimationFrame);
      for (let i = 0; i < 150; i++) {
        box.scrollTop = i < 100 ? i * 120 : (room * ((i * 37) % 50)) / 50;
        const now = await new Promise(requestAnimationFrame);
        times.push(now - last);
        last = now;
        most = Math.max(most, box.querySelectorAll("*").length);
      }
      times.sort((one, other) => one - other);
      return { median: times[75], p95: times[142], most };
    });
    assert.ok(measured.most < 3000, `${measured.most} elements`);
    assert.ok(measured.median < 100, `${measured.median} ms a frame`);
    await page.focus("#prompt-tokens");
    await page.keyboard.down("Control");
    await page.keyboard.press("End");
    await page.keyboard.up("Control");
    assert.match(await text(page, "#prompt-readout"), /next message/);
    return `${await count(page)} tokens shown after ${shown} ms, a frame ${measured.median.toFixed(0)} ms (median), ${measured.p95.toFixed(0)} ms (95th), at most ${measured.most} elements`;
  },

  async "all works by keyboard, and all has a name"(page) {
    await page.evaluate(() => document.activeElement.blur());
    const reached = new Set();
    for (let i = 0; i < 90; i++) {
      await page.keyboard.press("Tab");
      const { id, outline } = await page.evaluate(() => {
        const { activeElement } = document;
        return { id: activeElement.id, outline: getComputedStyle(activeElement).outlineStyle };
      });
      if (id) {
        reached.add(id);
        assert.notEqual(outline, "none", `#${id} shows no focus`);
      }
    }
    for (const id of ["example", "share", "help", "tab-messages", "next-role", "policy", "copy-prompt-ids", "prompt-tokens", "run", "output-text", "mode", "output-tokens", "tab-read", "append"]) {
      assert.ok(reached.has(id), `#${id} is not reached by Tab`);
    }
    await page.focus("#tab-messages");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.$eval("#tab-json", (tab) => tab.getAttribute("aria-selected")), "true");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.down("Alt");
    await page.keyboard.down("Shift");
    await page.keyboard.press("Digit2");
    assert.equal(await page.evaluate(() => document.activeElement.id), "prompt-tokens");
    await page.keyboard.press("Digit3");
    assert.equal(await page.evaluate(() => document.activeElement.id), "output-text");
    await page.keyboard.up("Shift");
    await page.keyboard.up("Alt");
    await page.focus("#help");
    await page.keyboard.press("Enter");
    assert.ok(await page.$eval("#keys", (dialog) => dialog.open));
    await page.keyboard.press("Escape");
    const nameless = [];
    const walk = (node) => {
      if (["button", "textbox", "combobox", "spinbutton", "tab", "listbox", "dialog"].includes(node.role) && !node.name) {
        nameless.push(node.role);
      }
      (node.children ?? []).forEach(walk);
    };
    walk(await page.accessibility.snapshot());
    assert.deepEqual(nameless, []);
  },
};

const ownPages = {
  async "a phone shows all in its width"(address) {
    const page = await open(address, { width: 360, height: 740 });
    for (const tab of ["#tab-json", "#tab-request", "#tab-messages", "#tab-chat", "#tab-responses"]) {
      await page.click(tab);
      await settled(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than the screen at ${tab}`);
    }
    const small = await page.$$eval("button:not([hidden])", (all) => all.filter((b) => b.checkVisibility() && b.getBoundingClientRect().height < 24).length);
    assert.equal(small, 0);
    return page;
  },

  async "in the dark it is dark, and legible"(address) {
    for (const scheme of ["light", "dark"]) {
      const page = await open(address, { scheme });
      const contrasts = await page.evaluate(() => {
        const rgb = (color) => color.match(/[\d.]+/g).slice(0, 3).map(Number);
        const luminance = (color) => {
          const [r, g, b] = rgb(color).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
          }
          return "rgb(255, 255, 255)";
        };
        return [...document.querySelectorAll(".token, .gutter, .note, label, button, .count, .who, h2")]
          .filter((element) => element.textContent.trim() && element.checkVisibility() && !element.disabled)
          .map((element) => {
            const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => b - a);
            return { ratio: (one + 0.05) / (other + 0.05), what: `${element.className} ${element.textContent.slice(0, 20)}` };
          });
      });
      const worst = contrasts.reduce((a, b) => (a.ratio < b.ratio ? a : b));
      assert.ok(worst.ratio >= 4.5, `${scheme}: contrast ${worst.ratio.toFixed(2)} of ${worst.what}`);
      const dark = await page.evaluate(() => Number(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]) < 100);
      assert.equal(dark, scheme === "dark");
      await page.browserContext().close();
    }
    return null;
  },

  async "a key is asked for, used, and kept in this tab alone"() {
    const file = join(mkdtempSync(join(tmpdir(), "playground")), "key");
    writeFileSync(file, KEY + "\n");
    const page = await open(await serve("--key-file", file), { wait: false });
    await page.waitForSelector("#key-form:not([hidden])");
    await page.type("#key", KEY);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#prompt-tokens .token");
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 1, ""]);
    await page.click("#share");
    await until(page, () => location.hash.length > 10);
    return page;
  },
};

async function takePictures(address, out) {
  const shoot = async (name, options, script) => {
    const page = await open(address, options);
    if (script) {
      await script(page);
    }
    await page.screenshot({ path: join(out, `playground-${name}.png`) });
    await page.browserContext().close();
  };
  const run = async (page) => {
    await page.click("#run");
    await until(page, () => document.querySelectorAll("#output-tokens .odds").length > 3);
    await until(page, () => document.querySelector("#run").textContent === "Run");
    await settled(page);
    await page.hover('#output-tokens [data-index="8"]');
  };
  await shoot("light", { width: 1280, height: 860 }, (page) => page.hover('#prompt-tokens [data-index="30"]'));
  await shoot("dark", { width: 1280, height: 620, scheme: "dark" }, async (page) => {
    await choose(page, "#example", "A question");
    await run(page);
    await page.$eval("#output", (section) => section.scrollIntoView());
  });
  await shoot("phone", { width: 390, height: 780, scale: 2 }, (page) => page.$eval("#prompt", (section) => section.scrollIntoView()));
}

async function checked(name, check) {
  const measured = await check();
  assert.deepEqual(problems, [], name);
  console.log(`${name}${typeof measured === "string" ? `: ${measured}` : ""}`);
}

try {
  const address = await serve();
  if (process.env.SCREENSHOTS) {
    await takePictures(address, process.env.SCREENSHOTS);
  } else {
    let page = await open(address);
    const only = new RegExp(process.env.ONLY ?? "");
    for (const [name, check] of Object.entries(checks).filter(([name]) => only.test(name))) {
      await checked(name, () => check(page, address));
      if (!name.startsWith("repairs") && !name.startsWith("output") && !name.startsWith("ids")) { // those go on from each other
        await page.browserContext().close();
        page = await open(address);
      }
    }
    await page.browserContext().close();
    for (const [name, check] of Object.entries(ownPages).filter(([name]) => only.test(name))) {
      await checked(name, async () => (await check(address))?.browserContext().close());
    }
    console.log("The playground works in a browser.");
  }
} finally {
  await browser.close();
  servers.forEach((server) => server.removeAllListeners("exit").kill());
}
