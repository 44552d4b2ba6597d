// npm's tiktoken as an implementation under test: OpenAI's Rust tokenizer compiled to WebAssembly.
//
//   node tiktoken.mjs
//
// The package has o200k_base; its caller brings the special tokens of Harmony. So the list of special tokens is not asked.

import { readFileSync } from "node:fs";
import { get_encoding } from "tiktoken";
import { harmonyTokens } from "./harmony-tokens.mjs";
import { bytesAnswer, failing, serve } from "./protocol.mjs";

const encoding = get_encoding("o200k_base", harmonyTokens());
const { version } = JSON.parse(readFileSync(new URL("./node_modules/tiktoken/package.json", import.meta.url), "utf8"));

function tokenize(request) {
  const special = request.special ?? "none";
  const tokens = failing("argument", () =>
    special === "none" ? encoding.encode_ordinary(request.text) : encoding.encode(request.text, special, []),
  );
  return { tokens: Array.from(tokens) };
}

function detokenize(request) {
  return bytesAnswer(failing("argument", () => encoding.decode(Uint32Array.from(request.tokens))));
}

await serve({ name: "tiktoken (npm)", version, homepage: "https://github.com/dqbd/tiktoken" }, { tokenize, detokenize });
