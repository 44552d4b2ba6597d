// Codex CLI against the server: it runs commands that the model wants, sends everything back, goes on later, and tells what fails.

import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { serve } from "./scripted.mjs";

test("Codex CLI", { timeout: 600_000 }, async (t) => {
  const server = await serve(t, "context=24000", "keep-alive=200");
  const home = mkdtempSync(join(tmpdir(), "codex-"));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(
    join(home, "config.toml"),
    `model = "scripted"
model_provider = "harmony"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.harmony]
name = "Harmony4J"
base_url = "${server.api}"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`,
  );

  /** Returns the events that Codex prints, and what it exits with. */
  const codex = (...args) =>
    new Promise((done) => {
      const flags = ["--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "--json"];
      const child = spawn(process.env.CODEX, ["exec", ...flags, ...args], {
        cwd: home,
        env: { ...process.env, CODEX_HOME: home },
        stdio: ["ignore", "pipe", "ignore"],
      });
      let out = "";
      child.stdout.on("data", (data) => (out += data));
      child.on("close", (status) => done({ status, events: out.trim().split("\n").map((line) => JSON.parse(line)) }));
    });
  const items = ({ events }, type) => events.filter((event) => event.type === "item.completed" && event.item.type === type).map(({ item }) => item);
  const said = (run) => items(run, "agent_message").at(-1)?.text;

  await t.test("answers, with usage", async () => {
    const run = await codex("Hi!");
    assert.equal(said(run), "Hello.");
    assert.equal(run.status, 0);
    const { usage } = run.events.at(-1);
    assert.deepEqual([usage.output_tokens, usage.reasoning_output_tokens], [17, 5]);
  });

  await t.test("runs commands and tools of a namespace over several rounds, and goes on later", async () => {
    const run = await codex("play:codex");
    assert.equal(said(run), "I have made a file.");
    assert.equal(readFileSync(join(home, "made.txt"), "utf8"), "made by harmony\n");
    const commands = items(run, "command_execution");
    assert.deepEqual(commands.map(({ aggregated_output, exit_code }) => [aggregated_output.trim(), exit_code]), [["", 0], ["made by harmony", 0]]);
    const next = said(await codex("resume", "--last", "play:prompt"));
    assert.match(next, /<start>assistant to=functions\.exec_command<channel>commentary <constrain>json<message>\{"cmd":"cat made\.txt"\}<call>/);
    assert.match(next, /<start>functions\.exec_command to=assistant<channel>commentary<message>(?:(?!<end>)[^])*made by harmony/);
    assert.match(next, /<start>assistant to=multi_agent_v1\.close_agent<channel>commentary <constrain>json<message>\{"target":"nobody"\}<call>/);
    assert.match(next, /<start>multi_agent_v1\.close_agent to=assistant/);
    assert.match(next, /<channel>final<message>I have made a file\.<end>/);
  });

  await t.test("waits for a model that is silent for a while", async () => {
    assert.equal(said(await codex("play:think-3000")), "Hello.");
  });

  await t.test("tells what fails", async () => {
    const failure = ({ events }) => events.find(({ type }) => type === "turn.failed")?.error.message;
    assert.match(failure(await codex("play:broken")), /the script ends here/);
    assert.ok(failure(await codex("play:defect")), "its own words, whatever the server says");
    assert.match(failure(await codex("long ".repeat(20_000))), /context window/);
    assert.deepEqual(server.log.slice(-2).map(({ status }) => status), [500, 400]); // and none of them tried again
  });
});
