// ADK's own web page in a real browser: an agent on HarmonyLlm thinks, calls a tool, thinks again and answers, and each shows as what it
// is, with the page's Streaming switch off and on.
//
//   node adk-ui.mjs FOLDER BROWSER SERVE...
//
// FOLDER is where npm has installed puppeteer-core, BROWSER a Chromium, SERVE the command of a Java program that serves the page. With
// SCREENSHOTS=folder in the environment it takes the pictures of docs/integrations/adk.md and ends; the fonts and icons that the page
// would have from Google are then in FOLDER, too.

import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const [folder, executablePath, java, ...more] = process.argv.slice(2);
const puppeteer = createRequire(resolve(folder) + "/")("puppeteer-core");
const PATIENCE = 60_000;
const QUESTION = "What is the weather in Tokyo?";
const THOUGHTS = [
  "The user wants to know the weather in Tokyo. There is a tool for that, so I do not guess.",
  "The tool has answered: 13 degrees and windy. One sentence will do.",
];
const ANSWER = "It is 13 degrees and windy in Tokyo.";

/** What the page asks Google for, and the file of a package of npm that it gets instead. */
const FONTS = {
  "/materialsymbolsoutlined/": "material-symbols/material-symbols-outlined.woff2",
  "/materialicons/": "material-icons/iconfont/material-icons.woff2",
  "/googlesans/": "@fontsource-variable/google-sans/files/google-sans-latin-wght-normal.woff2",
};

let server;

/** Starts the server at a free port; returns its address when it serves. */
function serve() {
  server = spawn(java, ["-Dserver.port=0", "-Dserver.address=127.0.0.1", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((served, failed) => {
    const lines = [];
    createInterface({ input: server.stdout }).on("line", (line) => {
      lines.push(line);
      const found = /Tomcat started on port (\d+)/.exec(line);
      if (found) {
        served(`http://127.0.0.1:${found[1]}`);
      }
    });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}:\n${lines.join("\n")}`)));
  });
}

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** Nothing is asked of any other host. */
function answerAtHome(request, address) {
  const url = request.url();
  if (url.startsWith(address) || url.startsWith("data:")) {
    return request.continue();
  }
  const font = Object.keys(FONTS).find((part) => url.includes(part));
  if (font && process.env.SCREENSHOTS) {
    const body = readFileSync(join(folder, "node_modules", FONTS[font]));
    return request.respond({ contentType: "font/woff2", headers: { "access-control-allow-origin": "*" }, body });
  }
  return request.abort();
}

/** Opens the page with a new session. Its address has no slash at the end: with one, it does not find its own scripts. */
async function open(address, { streams, width = 1280, height = 800 }) {
  const page = await (await browser.createBrowserContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width, height });
  await page.setRequestInterception(true);
  page.on("request", (request) => answerAtHome(request, address));
  await page.goto(`${address}/dev-ui?app=weather`);
  await page.waitForSelector("textarea");
  if (streams) {
    await (await page.waitForSelector("::-p-xpath(//button[contains(., 'Streaming')])")).click();
  }
  return page;
}

async function ask(page, text) {
  await page.type("textarea", text);
  await page.keyboard.press("Enter");
}

const textOf = (page) => page.evaluate(() => document.body.innerText);
const until = (page, text) => page.waitForFunction((part) => document.body.innerText.includes(part), { polling: 20 }, text);

/** What the page shows of each event, in order, without the avatars: { thought, text }. Icons are words of their font. */
async function events(page) {
  const [, ...shown] = (await textOf(page)).split(/^#\d+$/m);
  return shown.map((event) => {
    const lines = event.split("\n").map((line) => line.trim()).filter((line) => line && !/^(robot_2|person)$/.test(line));
    const end = lines.indexOf("send"); // after the last event comes the field for the next question
    const words = end < 0 ? lines : lines.slice(0, end);
    const thought = words[0] === "THOUGHT";
    return { thought, text: words.slice(thought ? 1 : 0).join(" ") };
  });
}

const EXPECTED = [
  { thought: false, text: QUESTION },
  { thought: true, text: THOUGHTS[0] },
  { thought: false, text: "bolt get_weather" },
  { thought: false, text: "check get_weather" },
  { thought: true, text: THOUGHTS[1] },
  { thought: false, text: ANSWER },
];

const checks = {
  async "without streaming, thoughts, call, result and answer show as what they are"(address) {
    const page = await open(address, { streams: false });
    await ask(page, QUESTION);
    await until(page, ANSWER);
    assert.deepEqual(await events(page), EXPECTED);
    return page;
  },

  async "with streaming they do, too, and a thought grows under its mark"(address) {
    const page = await open(address, { streams: true });
    const partial = page.waitForFunction(
      (thought) => {
        const text = document.body.innerText;
        return text.includes("THOUGHT") && text.includes(thought.slice(0, 30)) && !text.includes(thought);
      },
      { polling: 10 },
      THOUGHTS[1],
    );
    await ask(page, QUESTION);
    await partial;
    await until(page, ANSWER);
    await page.waitForFunction(() => !document.querySelector("mat-progress-bar"));
    assert.deepEqual(await events(page), EXPECTED);
    return page;
  },

  async "a second question has thoughts of its own"(address) {
    const page = await open(address, { streams: false });
    for (const times of [1, 2]) {
      await ask(page, QUESTION);
      await page.waitForFunction((part, n) => document.body.innerText.split(part).length > n, { polling: 20 }, ANSWER, times);
    }
    assert.deepEqual(await events(page), [...EXPECTED, ...EXPECTED]);
    return page;
  },

  async "what is said between two thoughts is no thought"(address) {
    const page = await open(address, { streams: true });
    await ask(page, "Look it up slowly.");
    await until(page, ANSWER);
    assert.deepEqual((await events(page)).slice(1), [
      { thought: true, text: "I say what I do first." },
      { thought: true, text: "It is Tokyo that they mean." },
      { thought: false, text: "Let me look that up. bolt get_weather" },
      ...EXPECTED.slice(3),
    ]);
    return page;
  },

  async "what went wrong is shown"(address) {
    const page = await open(address, { streams: true });
    await ask(page, "Say nonsense.");
    await until(page, "get_weather Tokyo, I think");
    await ask(page, "Say nothing.");
    await until(page, "IllegalStateException: the backend is gone");
    const [, thought, malformed, , gone] = await events(page);
    assert.deepEqual(thought, { thought: true, text: "I will call the tool." });
    assert.match(malformed.text, /ERROR errorCode: "MALFORMED_FUNCTION_CALL"/);
    assert.match(gone.text, /ERROR errorCode: "OTHER"/);
    return page;
  },
};

async function takePictures(address, out) {
  const closePanel = async (page) => {
    await (await page.waitForSelector("::-p-xpath(//*[text()='menu'])")).click();
    await page.evaluate(() => document.fonts.ready);
    await new Promise((moved) => setTimeout(moved, 500));
  };
  const size = { width: 900, height: 560 };
  const whole = await open(address, { streams: false, ...size });
  await ask(whole, QUESTION);
  await until(whole, ANSWER);
  await closePanel(whole);
  await whole.screenshot({ path: join(out, "adk-thoughts.png") });
  const growing = await open(address, { streams: true, ...size });
  await closePanel(growing);
  await ask(growing, QUESTION);
  await until(growing, THOUGHTS[1].slice(0, 20));
  await growing.screenshot({ path: join(out, "adk-streaming.png") });
}

try {
  const address = await serve();
  if (process.env.SCREENSHOTS) {
    await takePictures(address, process.env.SCREENSHOTS);
  } else {
    for (const [name, check] of Object.entries(checks)) {
      const page = await check(address);
      await page.browserContext().close();
      console.log(name);
    }
    console.log("ADK's page shows thoughts as thoughts.");
  }
} finally {
  await browser.close();
  server?.removeAllListeners("exit").kill();
}
