// Vercel's AI SDK against the server, with its provider for OpenAI (both APIs) and that for compatible servers.

import { strict as assert } from "node:assert";
import test from "node:test";
import { all, client, serve } from "./scripted.mjs";

const { generateObject, generateText, Output, stepCountIs, streamObject, streamText, tool } = await client("ai");
const { createOpenAI } = await client("@ai-sdk/openai");
const { createOpenAICompatible } = await client("@ai-sdk/openai-compatible");
const { z } = await client("zod");

const place = z.object({ city: z.string(), degrees: z.number() });

test("ai", { timeout: 600_000 }, async (t) => {
  const server = await serve(t);
  const openai = createOpenAI({ baseURL: server.api, apiKey: "none" });
  const compatible = createOpenAICompatible({ name: "harmony", baseURL: server.api, includeUsage: true });
  const models = {
    "openai, Responses": openai.responses("scripted"),
    "openai, Chat Completions": openai.chat("scripted"),
    "openai-compatible": compatible.chatModel("scripted"),
  };
  for (const [name, model] of Object.entries(models)) {
    const settings = { model, maxRetries: 0 };
    const asked = [];
    const named = (tool_name, field) =>
      tool({
        description: "Tells something.",
        inputSchema: z.object({ [field]: z.string() }),
        execute: (args) => {
          asked.push([tool_name, args]);
          return "sunny";
        },
      });
    const tools = { get_weather: named("get_weather", "city"), get_time: named("get_time", "zone") };
    const trip = [
      ["get_weather", { city: "Paris" }],
      ["get_weather", { city: "Rome" }],
      ["get_time", { zone: "Europe/Rome" }],
    ];
    const loop = { ...settings, tools, prompt: "play:trip", stopWhen: stepCountIs(5) };

    await t.test(`${name}: tools are called over several rounds`, async () => {
      asked.length = 0;
      const result = await generateText(loop);
      assert.equal(result.text, "Go to Rome: it is noon and sunny.");
      assert.deepEqual(asked, trip);
      assert.deepEqual(result.steps.map(({ finishReason }) => finishReason), ["tool-calls", "tool-calls", "stop"]);
      assert.ok(result.totalUsage.outputTokens > 100, JSON.stringify(result.totalUsage));
      assert.ok(result.totalUsage.reasoningTokens > 0, JSON.stringify(result.totalUsage));
    });

    await t.test(`${name}: the same as a stream`, async () => {
      asked.length = 0;
      const result = streamText(loop);
      const parts = await all(result.fullStream);
      assert.deepEqual(parts.filter(({ type }) => type === "error"), []);
      assert.equal(await result.text, "Go to Rome: it is noon and sunny.");
      assert.deepEqual(asked, trip);
      assert.ok((await result.totalUsage).outputTokens > 100);
    });

    await t.test(`${name}: reasoning is shown and goes back`, async () => {
      const result = await generateText({ ...loop, prompt: "play:weather" });
      const streamed = streamText({ ...loop, prompt: "play:weather" });
      const parts = await all(streamed.fullStream);
      if (name !== "openai, Chat Completions") { // which knows none
        const shown = parts.filter(({ type }) => type === "reasoning-delta").map(({ text }) => text);
        // the provider for Responses shows summaries alone, of which there are none
        assert.equal(shown.join(""), name === "openai-compatible" ? "I need the weather.It is sunny." : "");
        assert.equal(result.steps[0].reasoningText ?? "", name === "openai-compatible" ? "I need the weather." : "");
      }
      const messages = [{ role: "user", content: "play:weather" }, ...result.steps[0].response.messages, { role: "system", content: "play:prompt" }];
      const next = await generateText({ ...settings, tools, messages, allowSystemInMessages: true });
      assert.match(next.text, /to=assistant<channel>commentary<message>"?sunny"?<end>/);
      if (name === "openai-compatible") {
        assert.match(next.text, /<channel>analysis<message>I need the weather\.<end><start>assistant to=functions\.get_weather/);
      }
    });

    await t.test(`${name}: objects of a schema`, async () => {
      const request = { ...settings, schema: place, prompt: "play:json" };
      assert.deepEqual((await generateObject(request)).object, { city: "Paris", degrees: 21.5 });
      const { object, partialObjectStream } = streamObject(request);
      assert.ok((await all(partialObjectStream)).length > 0);
      assert.deepEqual(await object, { city: "Paris", degrees: 21.5 });
      const { output } = await generateText({ ...settings, output: Output.object({ schema: place }), prompt: "play:json" });
      assert.deepEqual(output, { city: "Paris", degrees: 21.5 });
    });

    await t.test(`${name}: a call is demanded, by name and by any`, async () => {
      for (const toolChoice of ["required", { type: "tool", toolName: "get_weather" }]) {
        const { toolCalls } = await generateText({ ...settings, tools, toolChoice, prompt: "Hi!" });
        assert.deepEqual(toolCalls.map(({ toolName, input }) => [toolName, input]), [["get_weather", { city: "Paris" }]]);
      }
      const { text } = await generateText({ ...settings, tools, toolChoice: "none", prompt: "play:prompt" });
      assert.doesNotMatch(text, /get_weather/);
    });

    await t.test(`${name}: limits, errors and characters`, async () => {
      const cut = await generateText({ ...settings, maxOutputTokens: 20, prompt: "play:count-99" });
      assert.equal(cut.finishReason, "length");
      const { textStream } = streamText({ ...settings, prompt: "play:emoji" });
      assert.equal((await all(textStream)).join(""), "naïve 🧑‍🚀 日本語 e\u0301");
      await assert.rejects(generateText({ ...settings, prompt: "long ".repeat(9000) }), { statusCode: 400, isRetryable: false });
      await assert.rejects(generateText({ ...settings, prompt: "play:defect" }), { statusCode: 500 });
      const broken = await all(streamText({ ...settings, prompt: "play:broken", onError: () => {} }).fullStream);
      assert.ok(broken.some(({ type }) => type === "error"), JSON.stringify(broken.at(-1)));
    });

    await t.test(`${name}: a reader that goes ends the generation`, async () => {
      const id = `gone-${Object.keys(models).indexOf(name)}`;
      const abort = new AbortController();
      const headers = { "x-client-request-id": id };
      const { textStream } = streamText({ ...settings, prompt: "play:count-2000-20", abortSignal: abort.signal, headers });
      setTimeout(() => abort.abort(), 600);
      await all(textStream);
      const line = await server.logged((line) => line.id === id);
      assert.equal(line.client_gone, true, JSON.stringify(line));
      assert.ok(line.completion_tokens > 0 && line.completion_tokens < 1000, JSON.stringify(line));
    });
  }

  await t.test("openai, Responses: previousResponseId carries the conversation", async () => {
    const model = models["openai, Responses"];
    const first = await generateText({ model, prompt: "play:echo My name is Bob." });
    const previousResponseId = first.providerMetadata.openai.responseId;
    const next = await generateText({ model, prompt: "play:prompt", providerOptions: { openai: { previousResponseId } } });
    assert.match(next.text, /<start>assistant<channel>final<message>My name is Bob\.<end>/);
  });
});
