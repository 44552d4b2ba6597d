// OpenAI's client for Node against the server: what its users do, and what goes wrong for them.

import { strict as assert } from "node:assert";
import test from "node:test";
import { all, client, serve, sleep } from "./scripted.mjs";

const { default: OpenAI, APIError, APIUserAbortError, LengthFinishReasonError } = await client("openai");
const { zodResponseFormat, zodTextFormat } = await client("openai/helpers/zod");
const { z } = await client("zod");

const parameters = (field) => ({
  type: "object",
  properties: { [field]: { type: "string" } },
  required: [field],
  additionalProperties: false,
});
const weather = { name: "get_weather", description: "Tells the weather.", parameters: parameters("city") };
const time = { name: "get_time", description: "Tells the time.", parameters: parameters("zone") };
const chatTools = [weather, time].map((tool) => ({ type: "function", function: tool }));
const tools = [weather, time].map((tool) => ({ type: "function", strict: false, ...tool }));
const place = z.object({ city: z.string(), degrees: z.number() });
const user = (content) => [{ role: "user", content }];
const model = "scripted";

const openai = (server, options = {}) => new OpenAI({ apiKey: "none", baseURL: server.api, maxRetries: 0, ...options });

/** Asserts that a promise is refused with an error of the API. */
const refused = async (promise, status, fields) => {
  const error = await promise.then(
    (value) => assert.fail("expected an error but found " + JSON.stringify(value)),
    (error) => error,
  );
  assert.ok(error instanceof APIError, error);
  assert.equal(error.status, status);
  for (const [name, value] of Object.entries(fields)) {
    assert.deepEqual([name, error[name]], [name, value]);
  }
  return error;
};

test("openai-node", { timeout: 600_000 }, async (t) => {
  const server = await serve(t);
  const api = openai(server);

  await t.test("models are listed, and found by any of their names", async () => {
    assert.deepEqual((await all(api.models.list())).map(({ id }) => id), [model, "org/scripted-20b"]);
    assert.equal((await api.models.retrieve("org/scripted-20b")).object, "model");
    await refused(api.models.retrieve("gpt-9"), 404, { code: "model_not_found", param: "model" });
  });

  await t.test("a chat answer is the same whole and streamed", async () => {
    const request = { model, messages: user("play:emoji") };
    const whole = await api.chat.completions.create(request);
    assert.equal(whole.choices[0].message.content, "naïve 🧑‍🚀 日本語 e\u0301");
    assert.equal(whole.choices[0].message.reasoning, "Smile.");
    const stream = api.chat.completions.stream({ ...request, stream_options: { include_usage: true } });
    const chunks = await all(stream);
    const streamed = await stream.finalChatCompletion();
    assert.equal(streamed.choices[0].message.content, whole.choices[0].message.content);
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.reasoning ?? "").join(""), "Smile.");
    assert.deepEqual(streamed.usage, whole.usage);
    assert.equal(whole.usage.completion_tokens_details.reasoning_tokens, 2);
  });

  for (const parallel_tool_calls of [true, false]) {
    await t.test(`tools are run over several rounds, parallel calls: ${parallel_tool_calls}`, async () => {
      const asked = [];
      const run = (name) => (args) => {
        asked.push([name, args]);
        return "sunny";
      };
      const runnable = chatTools.map(({ type, function: tool }) => ({
        type,
        function: { ...tool, parse: JSON.parse, function: run(tool.name) },
      }));
      const request = { model, messages: user("play:trip"), tools: runnable, parallel_tool_calls };
      for (const stream of [false, true]) {
        asked.length = 0;
        const runner = api.chat.completions.runTools({ ...request, stream });
        assert.equal(await runner.finalContent(), "Go to Rome: it is noon and sunny.");
        const rome = parallel_tool_calls ? [["get_weather", { city: "Rome" }]] : [];
        assert.deepEqual(asked, [["get_weather", { city: "Paris" }], ...rome, ["get_time", { zone: "Europe/Rome" }]]);
      }
    });
  }

  await t.test("reasoning that is sent back is part of the prompt until the answer", async () => {
    const messages = user("play:weather");
    const { message } = (await api.chat.completions.create({ model, messages, tools: chatTools })).choices[0];
    assert.equal(message.reasoning, "I need the weather.");
    const result = { role: "tool", tool_call_id: message.tool_calls[0].id, content: "sunny" };
    const round = [...messages, message, result];
    const { message: last } = (await api.chat.completions.create({ model, messages: round, tools: chatTools })).choices[0];
    assert.equal(last.content, "It is sunny in Paris.");
    const prompt = async (...more) => {
      const answer = await api.chat.completions.create({ model, messages: [...messages, message, result, ...more], tools: chatTools });
      return answer.choices[0].message.content;
    };
    const before = await prompt({ role: "developer", content: "play:prompt" });
    assert.match(before, /<channel>analysis<message>I need the weather\.<end><start>assistant to=functions\.get_weather/);
    assert.match(before, /<start>functions\.get_weather to=assistant<channel>commentary<message>sunny<end>/);
    const after = await prompt(last, ...user("play:prompt"));
    assert.doesNotMatch(after, /I need the weather/);
    assert.match(after, /It is sunny in Paris/);
  });

  await t.test("tool_choice is obeyed", async () => {
    const choose = async (tool_choice, content = "Hi!") => {
      const answer = await api.chat.completions.create({ model, messages: user(content), tools: chatTools, tool_choice });
      const { message, finish_reason } = answer.choices[0];
      return [finish_reason, message.tool_calls?.map((call) => call.function), message.content];
    };
    const call = [{ name: "get_weather", arguments: '{"city":"Paris"}' }];
    assert.deepEqual(await choose("auto"), ["stop", undefined, "Hello."]);
    assert.deepEqual(await choose("auto", "play:weather"), ["tool_calls", call, null]);
    assert.deepEqual(await choose("required"), ["tool_calls", call, null]);
    assert.deepEqual(await choose({ type: "function", function: { name: "get_weather" } }), ["tool_calls", call, null]);
    const [, calls] = await choose({ type: "function", function: { name: "get_time" } });
    assert.deepEqual(calls, [{ name: "get_time", arguments: '{"city":"Paris"}' }]);
    const [, none, prompt] = await choose("none", "play:prompt");
    assert.equal(none, undefined);
    assert.doesNotMatch(prompt, /get_weather/);
  });

  await t.test("structured output is parsed", async () => {
    const request = { model, messages: user("play:json"), response_format: zodResponseFormat(place, "place") };
    const whole = await api.chat.completions.parse(request);
    assert.deepEqual(whole.choices[0].message.parsed, { city: "Paris", degrees: 21.5 });
    const streamed = await api.chat.completions.stream(request).finalChatCompletion();
    assert.deepEqual(streamed.choices[0].message.parsed, whole.choices[0].message.parsed);
    const text = { format: zodTextFormat(place, "place") };
    const response = await api.responses.parse({ model, input: "play:json", text });
    assert.deepEqual(response.output_parsed, { city: "Paris", degrees: 21.5 });
    const shown = await api.responses.create({ model, input: "play:prompt", text });
    assert.match(shown.output_text, /# Response Formats/);
    assert.equal(shown.text.format.name, "place");
    await assert.rejects(api.chat.completions.parse({ ...request, max_tokens: 12 }), LengthFinishReasonError);
  });

  await t.test("n, logprobs, stop and the limit of tokens", async () => {
    const several = await api.chat.completions.create({ model, messages: user("play:count-3"), n: 3 });
    assert.deepEqual(several.choices.map(({ index, message }) => [index, message.content]), [0, 1, 2].map((i) => [i, "1 2 3"]));
    const stream = api.chat.completions.stream({ model, messages: user("play:count-3"), n: 3 });
    assert.deepEqual((await stream.finalChatCompletion()).choices.map(({ message }) => message.content), Array(3).fill("1 2 3"));
    const probable = await api.chat.completions.create({ model, messages: user("Hi!"), logprobs: true, top_logprobs: 2 });
    const entries = probable.choices[0].logprobs.content;
    assert.deepEqual(entries.map(({ token }) => token), ["Hello", "."]);
    assert.equal(entries[0].top_logprobs.length, 2);
    const stopped = await api.chat.completions.create({ model, messages: user("play:count-9"), stop: [" 4"] });
    assert.deepEqual([stopped.choices[0].message.content, stopped.choices[0].finish_reason], ["1 2 3", "stop"]);
    const cut = await api.chat.completions.create({ model, messages: user("play:count-99"), max_completion_tokens: 20 });
    assert.deepEqual([cut.choices[0].finish_reason, cut.usage.completion_tokens], ["length", 20]);
    const response = await api.responses.create({ model, input: "play:count-99", max_output_tokens: 20 });
    assert.deepEqual([response.status, response.incomplete_details.reason], ["incomplete", "max_output_tokens"]);
    assert.equal(response.output.at(-1).status, "incomplete");
  });

  await t.test("a response is the same whole and streamed, and its reasoning is shown", async () => {
    const request = { model, input: "play:emoji" };
    const whole = await api.responses.create(request);
    assert.equal(whole.output_text, "naïve 🧑‍🚀 日本語 e\u0301");
    assert.deepEqual(whole.output[0].content, [{ type: "reasoning_text", text: "Smile." }]);
    const stream = api.responses.stream(request);
    const events = await all(stream);
    assert.deepEqual(events.map((event) => event.sequence_number), events.map((event, i) => i));
    assert.equal(events.at(-1).type, "response.completed");
    assert.ok(events.some(({ type }) => type === "response.reasoning_text.delta"));
    assert.equal((await stream.finalResponse()).output_text, whole.output_text);
  });

  for (const kept of [true, false]) {
    await t.test(`a response goes on after tool results, by ${kept ? "previous_response_id" : "items sent back"}`, async () => {
      const include = kept ? [] : ["reasoning.encrypted_content"];
      const asked = [];
      let input = [{ role: "user", content: "play:trip" }];
      let previous_response_id;
      for (;;) {
        const response = await api.responses
          .stream({ model, tools, input, previous_response_id, store: kept, include })
          .finalResponse();
        const calls = response.output.filter(({ type }) => type === "function_call");
        const results = calls.map(({ call_id }) => ({ type: "function_call_output", call_id, output: "sunny" }));
        asked.push(calls.map(({ name, arguments: text }) => [name, JSON.parse(text)]));
        if (calls.length === 0) {
          assert.equal(response.output_text, "Go to Rome: it is noon and sunny.");
          break;
        }
        input = kept ? results : [...input, ...response.output, ...results];
        previous_response_id = kept ? response.id : undefined;
      }
      const cities = [["get_weather", { city: "Paris" }], ["get_weather", { city: "Rome" }]];
      assert.deepEqual(asked, [cities, [["get_time", { zone: "Europe/Rome" }]], []]);
    });
  }

  await t.test("encrypted reasoning alone brings the thoughts back", async () => {
    const include = ["reasoning.encrypted_content"];
    const first = await api.responses.create({ model, tools, input: "play:weather", store: false, include });
    const [{ content, ...reasoning }, call] = first.output;
    assert.equal(content[0].text, "I need the weather.");
    const result = { type: "function_call_output", call_id: call.call_id, output: "sunny" };
    const input = [{ role: "user", content: "play:weather" }, reasoning, call, result, { role: "developer", content: "play:prompt" }];
    const next = await api.responses.create({ model, tools, store: false, input });
    assert.match(next.output_text, /<channel>analysis<message>I need the weather\.<end>/);
  });

  await t.test("free-form tools get their text", async () => {
    const custom = [{ type: "custom", name: "shell", description: "Runs a command." }];
    const response = await api.responses.create({ model, tools: custom, input: "play:shell" });
    const call = response.output.find(({ type }) => type === "custom_tool_call");
    assert.deepEqual([call.name, call.input], ["shell", "ls -l"]);
    const result = [{ type: "custom_tool_call_output", call_id: call.call_id, output: "a.txt" }];
    const last = await api.responses.create({ model, tools: custom, previous_response_id: response.id, input: result });
    assert.equal(last.output_text, "There is one file.");
  });

  await t.test("stored responses are counted, listed, shown and deleted", async () => {
    const input = ["one", "two", "three"].map((content) => ({ role: "user", content }));
    const response = await api.responses.create({ model, input });
    assert.equal((await api.responses.inputTokens.count({ model, input })).input_tokens, response.usage.input_tokens);
    assert.deepEqual(await api.responses.retrieve(response.id), response);
    const items = await all(api.responses.inputItems.list(response.id, { limit: 2, order: "asc" }));
    assert.deepEqual(items.map(({ content }) => content[0]?.text ?? content), ["one", "two", "three"]);
    await api.responses.delete(response.id);
    await refused(api.responses.retrieve(response.id), 404, {});
    await refused(api.responses.delete(response.id), 404, {});
    await refused(api.responses.create({ model, input: "x", previous_response_id: response.id }), 400, {
      param: "previous_response_id",
      code: "previous_response_not_found",
    });
  });

  await t.test("a response is made in the background, and asked for", async () => {
    let response = await api.responses.create({ model, input: "play:count-20-20", background: true });
    const seen = new Set([response.status]);
    assert.ok(["queued", "in_progress"].includes(response.status), response.status);
    while (["queued", "in_progress"].includes(response.status)) {
      await sleep(50);
      response = await api.responses.retrieve(response.id);
      seen.add(response.status);
    }
    assert.ok(seen.has("in_progress"), [...seen].join());
    assert.equal(response.output_text.split(" ").length, 20);
    assert.equal(response.status, "completed");
  });

  await t.test("a stream made in the background is left, and read from there on", async () => {
    const stream = await api.responses.create({ model, input: "play:count-40-20", background: true, stream: true });
    let id, after;
    const before = [];
    for await (const event of stream) {
      id ??= event.response.id;
      after = event.sequence_number;
      before.push(event);
      if (before.filter(({ type }) => type === "response.output_text.delta").length === 5) {
        break; // this closes the connection
      }
    }
    const rest = await all(await api.responses.retrieve(id, { stream: true, starting_after: after }));
    const numbers = [...before, ...rest].map(({ sequence_number }) => sequence_number);
    assert.deepEqual(numbers, numbers.map((n, i) => i));
    const text = [...before, ...rest].map(({ type, delta }) => (type === "response.output_text.delta" ? delta : "")).join("");
    assert.equal(rest.at(-1).type, "response.completed");
    assert.equal(rest.at(-1).response.output.at(-1).content[0].text, text);
    assert.equal(text.split(" ").length, 40);
    const again = await api.responses.stream({ response_id: id, starting_after: 3 }).finalResponse();
    assert.equal(again.output_text, text);
  });

  await t.test("a response in the background is cancelled, twice", async () => {
    const { id } = await api.responses.create({ model, input: "play:count-500-20", background: true });
    await sleep(300);
    assert.equal((await api.responses.cancel(id)).status, "cancelled");
    const cancelled = await api.responses.cancel(id);
    assert.equal(cancelled.status, "cancelled");
    assert.equal((await api.responses.retrieve(id)).status, "cancelled");
    const finished = await api.responses.create({ model, input: "Hi!" });
    await refused(api.responses.cancel(finished.id), 400, {});
  });

  await t.test("requests that are wrong are refused with their place", async () => {
    const chat = (fields) => api.chat.completions.create({ model, messages: user("Hi!"), ...fields });
    await refused(chat({ model: "gpt-9" }), 404, { code: "model_not_found", type: "invalid_request_error" });
    await refused(chat({ messages: [{ role: "robot", content: "x" }] }), 400, { param: "messages[0].role", code: "invalid_value" });
    await refused(chat({ temperature: 9, stream: true }), 400, { param: "temperature" });
    await refused(chat({ tools: chatTools, tool_choice: { type: "function", function: { name: "x" } } }), 400, { param: "tool_choice" });
    const image = [{ type: "image_url", image_url: { url: "data:," } }];
    await refused(chat({ messages: user(image) }), 400, { param: "messages[0].content[0].type", code: "unsupported_content_type" });
    await refused(chat({ messages: user("long ".repeat(9000)) }), 400, { param: "messages", code: "context_length_exceeded" });
    await refused(api.responses.create({ model, input: "long ".repeat(9000) }), 400, { param: "input", code: "context_length_exceeded" });
    await refused(api.embeddings.create({ model, input: "x" }), 404, {});
  });

  await t.test("failures of the model are told, and not repeated", async () => {
    const patient = openai(server, { maxRetries: 2 });
    const error = await refused(patient.chat.completions.create({ model, messages: user("play:defect") }), 500, { type: "server_error" });
    assert.equal((await server.logged((line) => line.id === error.requestID)).status, 500);
    assert.equal(server.log.filter(({ status }) => status === 500).length, 1);
    const stream = await patient.chat.completions.create({ model, messages: user("play:broken"), stream: true });
    await assert.rejects(all(stream), APIError);
    const events = await all(await patient.responses.create({ model, input: "play:broken", stream: true }));
    assert.equal(events.at(-1).type, "response.failed");
    assert.equal(events.at(-1).response.error.code, "server_error");
  });

  for (const stream of [true, false]) {
    await t.test(`a client that goes ends its generation, ${stream ? "with" : "without"} a stream`, async () => {
      for (const [index, call] of [
        (options) => api.chat.completions.create({ model, messages: user("play:count-2000-20"), stream }, options),
        (options) => api.responses.create({ model, input: "play:count-2000-20", stream }, options),
      ].entries()) {
        const abort = new AbortController();
        const id = `gone-${stream}-${index}`;
        setTimeout(() => abort.abort(), 600);
        const answer = call({ signal: abort.signal, headers: { "x-client-request-id": id } });
        await assert.rejects(answer.then(all).then(() => Promise.reject(abort.signal.reason)), (e) => e instanceof APIUserAbortError || e === abort.signal.reason);
        const line = await server.logged((line) => line.id === id);
        assert.equal(line.client_gone, true, JSON.stringify(line));
        assert.ok(line.completion_tokens > 0 && line.completion_tokens < 1000, JSON.stringify(line));
      }
    });
  }

  await t.test("50 at a time are answered, none is mixed with another", async () => {
    const texts = [...Array(50).keys()].map((i) => `This is the text of request ${i}, ${"and so on ".repeat(i % 7)}end ${i}.`);
    const answers = await Promise.all(
      texts.map(async (text, i) => {
        const content = `play:echo-2 ${text}`;
        if (i % 2 === 0) {
          return (await api.responses.stream({ model, input: content }).finalResponse()).output_text;
        }
        const stream = api.chat.completions.stream({ model, messages: user(content) });
        return (await stream.finalChatCompletion()).choices[0].message.content;
      }),
    );
    assert.deepEqual(answers, texts);
  });

  await t.test("streams are server-sent events, as the APIs have them", async () => {
    const events = async (path, fields) => {
      const response = await fetch(server.api + path, { method: "POST", body: JSON.stringify({ model, stream: true, ...fields }) });
      assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
      assert.match(response.headers.get("x-request-id"), /^req_/);
      return (await response.text()).split("\n\n");
    };
    const chunks = await events("/chat/completions", { messages: user("Hi!") });
    assert.deepEqual(chunks.splice(-2), ["data: [DONE]", ""]);
    assert.ok(chunks.every((chunk) => chunk.startsWith('data: {"id":"chatcmpl-')), chunks.join("\n\n"));
    const typed = await events("/responses", { input: "Hi!" });
    assert.equal(typed.pop(), "");
    for (const event of typed) {
      const [, type, data] = /^event: (.+)\ndata: (.+)$/.exec(event);
      assert.equal(JSON.parse(data).type, type);
    }
  });

  await t.test("plain completions", async () => {
    const answer = await api.completions.create({ model, prompt: "play:count-5", max_tokens: 40 });
    assert.match(answer.choices[0].text, /1 2 3 4 5/);
    const stream = await all(await api.completions.create({ model, prompt: "play:count-5", max_tokens: 40, stream: true }));
    assert.equal(stream.map((chunk) => chunk.choices[0]?.text ?? "").join(""), answer.choices[0].text);
    await refused(api.completions.create({ model, prompt: "x", suffix: "y" }), 400, { param: "suffix" });
  });
});

test("openai-node and the limits of a server", { timeout: 600_000 }, async (t) => {
  const hello = (server, options) => openai(server, options).chat.completions.create({ model, messages: user("Hi!") });

  await t.test("a key is asked for", async (t) => {
    const server = await serve(t, "key=secret");
    await refused(hello(server), 401, { code: "invalid_api_key" });
    await refused(openai(server).models.list(), 401, { code: "invalid_api_key" });
    assert.equal((await hello(server, { apiKey: "secret" })).choices[0].message.content, "Hello.");
  });

  await t.test("a body that is too long is refused", async (t) => {
    const server = await serve(t, "body=2000");
    const long = { model, messages: user("x".repeat(3_000_000)) };
    await refused(openai(server).chat.completions.create(long), 413, { code: "request_too_large" });
    assert.equal((await hello(server)).choices[0].message.content, "Hello.");
  });

  await t.test("requests for which there is no room are refused, and come again", async (t) => {
    const server = await serve(t, "parallel=1", "queue=0");
    const slow = openai(server).chat.completions.create({ model, messages: user("play:think-1500") });
    for (let i = 0; i < 500 && !/^harmony_requests_running 1/m.test(await (await fetch(server.url + "/metrics")).text()); i++) {
      await sleep(20);
    }
    const error = await refused(hello(server), 429, { code: "rate_limit_exceeded" });
    assert.ok(Number(error.headers.get("retry-after")) > 0);
    assert.equal((await hello(server, { maxRetries: 5 })).choices[0].message.content, "Hello.");
    assert.equal((await slow).choices[0].message.content, "Hello.");
    assert.ok(server.log.filter(({ status }) => status === 429).length >= 2);
  });

  await t.test("a server that loads its model says so, and answers those who come again", async (t) => {
    const server = await serve(t, "loading=true");
    const error = await refused(hello(server), 503, { code: "model_not_ready" });
    assert.ok(Number(error.headers.get("retry-after")) > 0);
    const patient = hello(server, { maxRetries: 5 });
    await server.logged(({ status }) => status === 503 && server.log.length > 1);
    server.load();
    assert.equal((await patient).choices[0].message.content, "Hello.");
  });

  await t.test("an answer that takes too long ends, and is not tried again", async (t) => {
    const server = await serve(t, "answer-time=400");
    const slow = { model, messages: user("play:think-3000") };
    await refused(openai(server, { maxRetries: 2 }).chat.completions.create(slow), 504, { code: "generation_timeout" });
    await server.logged(({ status }) => status === 504);
    assert.equal(server.log.length, 1);
    const stream = await openai(server).chat.completions.create({ model, messages: user("play:count-100-20"), stream: true });
    await assert.rejects(all(stream), APIError);
  });

  await t.test("a stream that is silent for a while stays open", async (t) => {
    const server = await serve(t, "keep-alive=200");
    const stream = openai(server).chat.completions.stream({ model, messages: user("play:think-1500") });
    assert.equal(await stream.finalContent(), "Hello.");
    const response = await openai(server).responses.stream({ model, input: "play:think-1500" }).finalResponse();
    assert.equal(response.output_text, "Hello.");
    const body = JSON.stringify({ messages: user("play:think-1500"), stream: true });
    const text = await (await fetch(server.api + "/chat/completions", { method: "POST", body })).text();
    assert.ok(text.split(": keep-alive\n\n").length > 3, text);
    assert.match(text, /^data: \{.*"role":"assistant"/);
  });
});
