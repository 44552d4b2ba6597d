// The model in the box behind `./harmony serve`, asked by OpenAI's client: what a fresh clone answers.

import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import test from "node:test";
import { createInterface } from "node:readline";
import { client } from "./scripted.mjs";

const { default: OpenAI } = await client("openai");
const { zodFunction, zodResponseFormat, zodTextFormat } = await client("openai/helpers/zod");
const { z } = await client("zod");

/** Starts the command, and returns its API's URL when it has its model. */
async function harmony(test) {
  const child = spawn("./harmony", ["serve", "--port", "0", "--date", "2026-01-31"], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.on("exit", (status) => done(status)));
  test.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const log = [];
  createInterface({ input: child.stdout }).on("line", (line) => log.push(JSON.parse(line)));
  for await (const line of createInterface({ input: child.stderr })) {
    const url = /^Serving .* at (http:\S+\/v1)/.exec(line)?.[1];
    if (url) {
      return { url, log };
    }
  }
  throw new Error("the server ended before it had a model");
}

test("the model in the box", { timeout: 600_000 }, async (t) => {
  const { url, log } = await harmony(t);
  const api = new OpenAI({ apiKey: "none", baseURL: url, maxRetries: 0 });
  const [{ id: model }] = (await api.models.list()).data;
  const parameters = { type: "object", properties: { expression: { type: "string", description: "Two numbers with an operator between them" } }, required: ["expression"] };
  const calculate = { name: "calculate", description: "Calculates an expression.", parameters };
  const messages = [{ role: "user", content: "What is 17 * 23?" }];

  for (const stream of [false, true]) {
    await t.test(`calls a tool by Chat Completions, ${stream ? "streamed" : "whole"}`, async () => {
      const expressions = [];
      const tool = { ...calculate, parse: JSON.parse, function: ({ expression }) => (expressions.push(expression), '{"result":391}') };
      const runner = api.chat.completions.runTools({ model, messages, temperature: 0, stream, tools: [{ type: "function", function: tool }] });
      assert.match(await runner.finalContent(), /391/);
      assert.deepEqual(expressions, ["17 * 23"]);
    });
  }

  await t.test("calls a tool by Responses, and goes on by previous_response_id", async () => {
    const tools = [{ type: "function", strict: false, ...calculate }];
    const first = await api.responses.stream({ model, input: messages, temperature: 0, tools }).finalResponse();
    const call = first.output.find(({ type }) => type === "function_call");
    assert.deepEqual([call.name, JSON.parse(call.arguments)], ["calculate", { expression: "17 * 23" }]);
    const input = [{ type: "function_call_output", call_id: call.call_id, output: '{"result":391}' }];
    const last = await api.responses.create({ model, input, temperature: 0, tools, previous_response_id: first.id });
    assert.match(last.output_text, /391/);
    assert.ok(last.usage.input_tokens_details.cached_tokens > 0, JSON.stringify(last.usage));
  });

  await t.test("calls the tool that is demanded", async () => {
    const request = { model, messages, temperature: 0, max_completion_tokens: 200, tools: [{ type: "function", function: calculate }] };
    for (const tool_choice of ["required", { type: "function", function: { name: "calculate" } }]) {
      const { message } = (await api.chat.completions.create({ ...request, tool_choice })).choices[0];
      assert.deepEqual(message.tool_calls.map((call) => call.function), [{ name: "calculate", arguments: '{"expression":"17 * 23"}' }]);
    }
    assert.equal((await api.chat.completions.create({ ...request, tool_choice: "none" })).choices[0].message.tool_calls, undefined);
  });

  for (const stream of [false, true]) {
    await t.test(`obeys schemas however hot it is, ${stream ? "streamed" : "whole"}`, async () => {
      const [cities, sides] = [z.enum(["Oslo", "Rome"]), z.enum(["left", "right"])];
      const room = z.object({ city: cities, name: z.string().regex(/^[A-Z][0-9]{1,3}$/), seats: z.array(sides).max(2) });
      const chats = api.chat.completions;
      const ask = async (request) => (await (stream ? chats.stream(request).finalChatCompletion() : chats.parse(request))).choices[0];
      const hot = { model, messages, temperature: 2, seed: 1, max_completion_tokens: 160 };
      const answer = await ask({ ...hot, response_format: zodResponseFormat(room, "room") });
      assert.equal(answer.finish_reason, "stop");
      assert.deepEqual(room.parse(JSON.parse(answer.message.content)), answer.message.parsed);

      const tools = [zodFunction({ name: "leave", parameters: z.object({ now: z.boolean() }) }), zodFunction({ name: "book", parameters: room })];
      const { finish_reason, message } = await ask({ ...hot, tools, tool_choice: { type: "function", function: { name: "book" } } });
      assert.equal(finish_reason, "tool_calls");
      assert.deepEqual(message.tool_calls.map((call) => call.function.name), ["book"]);
      assert.deepEqual(room.parse(JSON.parse(message.tool_calls[0].function.arguments)), message.tool_calls[0].function.parsed_arguments);

      const request = { model, input: messages, temperature: 2, max_output_tokens: 256, text: { format: zodTextFormat(room, "room") } };
      const response = await (stream ? api.responses.stream(request).finalResponse() : api.responses.parse(request));
      assert.equal(response.status, "completed");
      assert.deepEqual(room.parse(JSON.parse(response.output_text)), response.output_parsed);
    });
  }

  await t.test("has log-probabilities, and ends where it is told to", async () => {
    const request = { model, messages, temperature: 0 };
    const { choices } = await api.chat.completions.create({ ...request, logprobs: true, top_logprobs: 3 });
    const entries = choices[0].logprobs.content;
    assert.equal(entries.map(({ token }) => token).join(""), choices[0].message.content);
    assert.ok(entries.every(({ logprob, top_logprobs }) => logprob <= 0 && top_logprobs.length === 3 && top_logprobs[0].logprob >= logprob));
    assert.equal((await api.chat.completions.create({ ...request, max_completion_tokens: 3 })).choices[0].finish_reason, "length");
  });

  await t.test("logs what it did", () => {
    assert.ok(log.every(({ status }) => status === 200), JSON.stringify(log));
    assert.ok(log.some(({ completion_tokens }) => completion_tokens > 10));
  });
});
