// OpenAI's Agents SDK for JavaScript against the server, over both APIs: the loop of tools, reasoning, structured answers, refusals. With
// what the compatibility test of gpt-oss asserts: reasoning is there, arguments fit the schema, and streams have their events.

import { strict as assert } from "node:assert";
import test from "node:test";
import { all, client, serve } from "./scripted.mjs";

const { default: OpenAI } = await client("openai");
const { Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner, tool } = await client("@openai/agents");
const { z } = await client("zod");

const place = z.object({ city: z.string(), degrees: z.number() });

test("@openai/agents", { timeout: 600_000 }, async (t) => {
  const server = await serve(t);
  const api = new OpenAI({ apiKey: "none", baseURL: server.api, maxRetries: 0 });
  const models = {
    "Chat Completions": new OpenAIChatCompletionsModel(api, "scripted"),
    Responses: new OpenAIResponsesModel(api, "scripted"),
  };

  for (const [name, model] of Object.entries(models)) {
    const runner = new Runner({ tracingDisabled: true });
    const asked = [];
    const named = (tool_name, field) =>
      tool({
        name: tool_name,
        description: "Tells something.",
        parameters: z.object({ [field]: z.string() }).strict(),
        execute: (args) => {
          asked.push([tool_name, args]);
          return "sunny";
        },
      });
    const tools = [named("get_weather", "city"), named("get_time", "zone")];
    const agent = (fields = {}) => new Agent({ name: "Guide", instructions: "Help.", model, tools, ...fields });
    const trip = [
      ["get_weather", { city: "Paris" }],
      ["get_weather", { city: "Rome" }],
      ["get_time", { zone: "Europe/Rome" }],
    ];
    const thoughts = ["I need the weather of two cities.", "Rome is better. What time is it?", "I know all."];
    const reasoning = (result) =>
      result.newItems
        .filter(({ type }) => type === "reasoning_item")
        .flatMap(({ rawItem }) => rawItem.rawContent ?? rawItem.providerData?.content)
        .map((part) => part?.text);

    await t.test(`${name}: tools are called over several rounds, and the reasoning is there`, async () => {
      asked.length = 0;
      const result = await runner.run(agent(), "play:trip");
      assert.equal(result.finalOutput, "Go to Rome: it is noon and sunny.");
      assert.deepEqual(asked, trip);
      assert.deepEqual(reasoning(result), thoughts);
      assert.ok(result.state.usage.outputTokens > 0);
    });

    await t.test(`${name}: the same as a stream`, async () => {
      asked.length = 0;
      const result = await runner.run(agent(), "play:trip", { stream: true });
      const events = await all(result);
      await result.completed;
      assert.equal(result.finalOutput, "Go to Rome: it is noon and sunny.");
      assert.deepEqual(asked, trip);
      const raw = events.filter(({ type }) => type === "raw_model_stream_event").map(({ data }) => data);
      const text = raw.filter(({ type }) => type === "output_text_delta").map(({ delta }) => delta);
      assert.ok(text.join("").endsWith("Go to Rome: it is noon and sunny."), text.join(""));
      const pieces = raw.filter(({ type }) => type === "model").map(({ event }) => event);
      if (name === "Responses") {
        const types = new Set(pieces.map(({ type }) => type));
        assert.ok(types.has("response.reasoning_text.delta") && types.has("response.reasoning_text.done"), [...types].join());
      } else {
        assert.equal(pieces.map((chunk) => chunk.choices[0]?.delta.reasoning ?? "").join(""), thoughts.join(""));
      }
    });

    await t.test(`${name}: the conversation goes on, with what was said`, async () => {
      const first = await runner.run(agent(), "play:weather");
      assert.equal(first.finalOutput, "It is sunny in Paris.");
      const next = await runner.run(agent(), [...first.history, { role: "user", content: "play:prompt" }]);
      assert.match(next.finalOutput, /to=assistant<channel>commentary<message>sunny<end>/);
      assert.match(next.finalOutput, /<channel>final<message>It is sunny in Paris\.<end>/);
      assert.doesNotMatch(next.finalOutput, /I need the weather/);
    });

    await t.test(`${name}: an answer of a type`, async () => {
      const result = await runner.run(agent({ tools: [], outputType: place }), "play:json");
      assert.deepEqual(result.finalOutput, { city: "Paris", degrees: 21.5 });
    });

    await t.test(`${name}: a call is demanded`, async () => {
      asked.length = 0;
      const modelSettings = { toolChoice: "required" };
      const demanding = agent({ modelSettings, toolUseBehavior: "stop_on_first_tool" });
      assert.equal((await runner.run(demanding, "Hi!")).finalOutput, "sunny");
      assert.deepEqual(asked, [["get_weather", { city: "Paris" }]]);
    });

    await t.test(`${name}: one call at a time`, async () => {
      asked.length = 0;
      const result = await runner.run(agent({ modelSettings: { parallelToolCalls: false } }), "play:trip");
      assert.equal(result.finalOutput, "Go to Rome: it is noon and sunny.");
      assert.deepEqual(asked, [trip[0], trip[2]]);
    });

    await t.test(`${name}: arguments that are no JSON go back to the model`, async () => {
      const result = await runner.run(agent(), "play:wrong");
      assert.equal(result.finalOutput, "I could not look it up.");
    });

    await t.test(`${name}: errors arrive`, async () => {
      await assert.rejects(runner.run(agent(), "play:defect"), { status: 500 });
      await assert.rejects(runner.run(agent(), "long ".repeat(9000)), { status: 400, code: "context_length_exceeded" });
    });
  }

  await t.test("Responses: previous_response_id carries the conversation", async () => {
    const runner = new Runner({ tracingDisabled: true });
    const agent = new Agent({ name: "Guide", model: models.Responses });
    const first = await runner.run(agent, "play:echo My name is Bob.");
    const next = await runner.run(agent, "play:prompt", { previousResponseId: first.lastResponseId });
    assert.match(next.finalOutput, /<start>assistant<channel>final<message>My name is Bob\.<end>/);
  });
});
