// npm's openai-harmony as an implementation under test: the official Rust crate as of v0.0.4, compiled to WebAssembly.
//
//   node openai-harmony.mjs VOCABULARY
//
// VOCABULARY is the file o200k_base.tiktoken. The package fetches it from the network, and its own WebAssembly by a file: URL,
// which node does not fetch. Here it gets the bytes of both.
//
// The package has one parser, which is strict; a request for recovery gets the same, since that is what a runtime built
// on it gets. It has no chat view: `chat` follows from the messages, as the protocol says. It renders no training form,
// and gives no way to read JSON and write it again. Conversations are JavaScript values, so that 1.0 arrives as 1.

import { readFileSync } from "node:fs";
import { Skipped, bytesAnswer, failing, serve } from "./protocol.mjs";

globalThis.fetch = async (request) => {
  const url = new URL(request.url ?? request);
  const isWebAssembly = url.protocol === "file:";
  const headers = { "Content-Type": isWebAssembly ? "application/wasm" : "application/octet-stream" };
  const response = new Response(readFileSync(isWebAssembly ? url : process.argv[2]), { headers });
  return Object.defineProperty(response, "url", { value: url.href });
};

const { JsStreamableParser, load_harmony_encoding } = await import("openai-harmony");
const encoding = await load_harmony_encoding("HarmonyGptOss");
const version = JSON.parse(
  readFileSync(new URL("./node_modules/openai-harmony/package.json", import.meta.url), "utf8"),
).version;

function special(request) {
  const names = request.special ?? "none";
  return names === "none" ? [] : names === "all" ? encoding.specialTokens() : names;
}

function tokenize(request) {
  return { tokens: Array.from(failing("argument", () => encoding.encode(request.text, special(request)))) };
}

function detokenize(request) {
  return bytesAnswer(failing("argument", () => encoding.decodeBytes(ids(request.tokens))));
}

function ids(tokens) {
  if (tokens.some((token) => token < 0 || token > 0xffffffff)) {
    throw new RangeError("a token id has 32 bits");
  }
  return Uint32Array.from(tokens);
}

/** Returns a JSON value that may be given as its text. */
function value(request, name) {
  const text = request[name + "Json"];
  return text === undefined ? request[name] : failing("argument", () => JSON.parse(text));
}

function render(request) {
  const conversation = value(request, "conversation");
  const config = { auto_drop_analysis: request.autoDropAnalysis ?? true };
  const tokens = failing("argument", () => {
    switch (request.mode ?? "conversation") {
      case "conversation":
        return encoding.renderConversation(conversation, config);
      case "completion":
        return encoding.renderConversationForCompletion(conversation, request.nextRole, config);
      default:
        throw new Skipped(`no mode ${request.mode}`);
    }
  });
  return { tokens: Array.from(tokens) };
}

function renderMessage(request) {
  const message = value(request, "message");
  const options = { conversation_has_function_tools: request.conversationHasFunctionTools ?? false };
  return { tokens: Array.from(failing("argument", () => encoding.render(message, options))) };
}

/** Returns the type of a tool's argument, as it stands in a developer message. */
function schema(request) {
  const parameters = failing("argument", () => JSON.parse(request.schemaJson));
  if (parameters === null) {
    throw new Skipped("a tool with a null schema has no parameters");
  }
  const tools = { t: { name: "t", tools: [{ name: "f", description: "", parameters }] } };
  const message = { role: "developer", content: [{ type: "developer_content", tools }] };
  const text = encoding.decodeUtf8(failing("argument", () => encoding.render(message, {})));
  const before = "type f = (_: ";
  return { typescript: text.slice(text.indexOf(before) + before.length, text.lastIndexOf(") => any;")) };
}

function tokensOf(request) {
  if (request.stripped) {
    throw new Skipped("text without special tokens cannot be parsed");
  }
  return request.tokens === undefined
    ? Array.from(encoding.encode(request.text, encoding.specialTokens()))
    : Array.from(failing("format", () => ids(request.tokens)));
}

function parseTokens(tokens, role) {
  return JSON.parse(failing("format", () => encoding.parseMessagesFromCompletionTokens(ids(tokens), role)));
}

function parse(request) {
  const messages = parseTokens(tokensOf(request), request.role ?? undefined);
  return { messages, chat: chat(messages), diagnostics: [] };
}

function stream(request) {
  if (request.role == null) {
    throw new Skipped("the package's streaming parser needs a role");
  }
  const tokens = tokensOf(request);
  const parser = new JsStreamableParser(encoding, request.role);
  try {
    const steps = tokens.map((token) => {
      failing("format", () => parser.process(token));
      return step(parser);
    });
    const end = request.eos ?? true;
    const messages = end ? parseTokens(tokens, request.role) : JSON.parse(parser.messages);
    if (end) {
      steps.push(lastStep(parser, messages));
    }
    return { steps, messages, chat: chat(messages), diagnostics: [] };
  } finally {
    parser.free();
  }
}

/** Returns what is visible; the package has "" for nothing. */
function step(parser) {
  return {
    state: JSON.parse(parser.state).state,
    role: parser.currentRole || null,
    channel: parser.currentChannel || null,
    recipient: parser.currentRecipient || null,
    content_type: parser.currentContentType || null,
    delta: parser.lastContentDelta || null,
    content: parser.currentContent,
    messages: JSON.parse(parser.messages).length,
  };
}

/** The streaming parser cannot be told of the end; what follows from it is known where it closes a message. */
function lastStep(parser, messages) {
  const before = step(parser);
  const role = before.state === "Content" ? null : before.role;
  const nothing = { channel: null, recipient: null, content_type: null, delta: null, content: "" };
  return { state: "ExpectStart", role, ...nothing, messages: messages.length };
}

const NO_TOOLS = ["assistant", "user", "all"];

function chat(messages) {
  const reasoning = [];
  const content = [];
  const calls = [];
  for (const message of messages.filter((each) => each.role === "assistant")) {
    const text = typeof message.content === "string" ? message.content : message.content.map((part) => part.text).join("");
    if (message.recipient != null && !NO_TOOLS.includes(message.recipient)) {
      calls.push([message.recipient.replace(/^functions\./, ""), text]);
    } else if (message.channel === "analysis" || message.recipient === "assistant") {
      reasoning.push(text);
    } else {
      content.push(text);
    }
  }
  return { reasoning: reasoning.join("\n"), content: content.join("\n"), tool_calls: calls };
}

const sorted = (tokens) => Array.from(tokens).sort((a, b) => a - b);

await serve(
  { name: "openai-harmony (npm)", version, homepage: "https://github.com/zacharytamas/harmony-ts" },
  {
    tokenize,
    detokenize,
    render,
    render_message: renderMessage,
    schema,
    parse,
    stream,
    stop_tokens: () => ({
      stop: sorted(encoding.stopTokens()),
      stopForAssistantActions: sorted(encoding.stopTokensForAssistantActions()),
    }),
    special_tokens: () => ({
      tokens: encoding
        .specialTokens()
        .map((text) => [encoding.encode(text, [text])[0], text])
        .sort(([a], [b]) => a - b),
    }),
  },
);
