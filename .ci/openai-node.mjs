// OpenAI's own client for Node reads what this library's driver answers: every chat completion and response of the suite's vectors, whole and
// streamed. The client must find nothing wrong, make of a stream what it reads in the whole answer, and be understood when it sends
// the answer back.
//
//   node openai-node.mjs FOLDER VECTORS DRIVER...
//
// FOLDER is where npm has installed the package openai, VECTORS the folder of the vectors. No socket is opened: the client is given a
// `fetch` that asks the driver. What it makes of `reasoning` in a stream is not compared: it keeps the last piece of fields that it does not know.

import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const [folder, vectors, ...command] = process.argv.slice(2);
const { default: OpenAI } = createRequire(resolve(folder) + "/")("openai");

const driver = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
createInterface({ input: driver.stdout }).on("line", (line) => {
  const answer = JSON.parse(line);
  waiting.get(answer.seq)(answer);
});

function ask(cmd, fields) {
  return new Promise((answered) => {
    const seq = waiting.size;
    waiting.set(seq, answered);
    driver.stdin.write(JSON.stringify({ seq, cmd, ...fields }) + "\n");
  });
}

/** Returns a client whose server writes this output, and the answers that it has sent. */
function clientOf(api, output, end) {
  const sent = [];
  const fetch = async (url, { body }) => {
    const request = JSON.parse(body);
    const answer = await ask(`api_${api}_${request.stream ? "stream" : "response"}`, { request, output, end });
    sent.push(answer);
    if (!request.stream) {
      return Response.json(answer.response);
    }
    const type = (data) => (api === "responses" ? `event: ${data.type}\n` : "");
    const json = (data) => (data === "[DONE]" ? data : JSON.stringify(data));
    const lines = (answer.chunks ?? answer.events).map((data) => `${type(data)}data: ${json(data)}\n\n`);
    return new Response(lines.join(""), { headers: { "Content-Type": "text/event-stream" } });
  };
  return { client: new OpenAI({ apiKey: "none", baseURL: "http://none/v1", maxRetries: 0, fetch }), sent };
}

/** Returns a choice without what a client adds or cannot know from a stream; no text is an empty text there. */
function choiceOf({ index, finish_reason, message }) {
  const calls = (message.tool_calls ?? []).map(({ type, [type]: { name, arguments: text, input } }) => [type, name, text ?? input]);
  const { name, arguments: text } = message.function_call ?? {};
  return [index, finish_reason, message.content ?? "", calls, name, text];
}

async function readChat({ request, output, end }) {
  const { stream, ...body } = request;
  const { stream_options, ...whole } = body;
  const { client, sent } = clientOf("chat", output, end);
  const joined = await client.chat.completions.stream(body).finalChatCompletion();
  const answer = await client.chat.completions.create(whole);
  assert.deepEqual(answer.choices, sent[1].response.choices);
  assert.deepEqual(joined.choices.map(choiceOf), answer.choices.map(choiceOf));
  assert.deepEqual(joined.usage, stream_options?.include_usage ? answer.usage : undefined);
  for (const { message } of joined.choices) { // content is never null here, so that an answer of nothing can be sent, too
    await accepted("chat", { ...whole, messages: [...whole.messages, message] });
  }
}

async function readResponse({ request, output, end }) {
  const { stream, ...body } = request;
  const { client, sent } = clientOf("responses", output, end);
  const joined = await client.responses.stream(body).finalResponse();
  const items = sent[0].events.at(-1).response.output;
  assert.deepEqual(plain(joined.output), items);
  const input = typeof body.input === "string" ? [{ role: "user", content: body.input }] : body.input;
  const allTurns = { ...body, reasoning: { context: "all_turns" } };
  const before = await accepted("responses", allTurns);
  const after = await accepted("responses", { ...allTurns, input: [...input, ...joined.output] });
  const texts = items.filter(({ type, content }) => type !== "message" || content[0].text !== ""); // an empty text says nothing
  assert.equal(after.messages.length - before.messages.length, texts.length);
}

/** Returns items without the `parsed…` members that the client adds. */
function plain(items) {
  return JSON.parse(JSON.stringify(items, (name, value) => (name.startsWith("parsed") ? undefined : value)));
}

/** Returns what a request becomes, as the client would send it. */
async function accepted(api, request) {
  const answer = await ask(`api_${api}_request`, { request: plain(request), date: "2026-01-31" });
  assert.equal(answer.api_error, undefined);
  return answer;
}

let passed = 0;
const failed = [];
for (const file of readdirSync(vectors).filter((name) => /^(chat|responses)-stream-.*\.json$/.test(name))) {
  for (const { id, description, given } of JSON.parse(readFileSync(join(vectors, file), "utf8")).vectors) {
    try {
      await (file.startsWith("chat") ? readChat(given) : readResponse(given));
      passed++;
    } catch (error) {
      failed.push(`${id} (${description}): ${error.stack}`);
    }
  }
}
driver.stdin.end();
console.log(failed.join("\n"));
console.log(`openai-node read ${passed} answers of ${passed + failed.length}.`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
