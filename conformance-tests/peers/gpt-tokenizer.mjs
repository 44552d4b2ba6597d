// npm's gpt-tokenizer as an implementation under test: a tokenizer in JavaScript.
//
//   node gpt-tokenizer.mjs
//
// The package decodes to text alone, so the bytes of detokenize are those of the text.

import { readFileSync } from "node:fs";
import { decode, encode } from "gpt-tokenizer/encoding/o200k_harmony";
import { failing, serve } from "./protocol.mjs";

const { version } = JSON.parse(
  readFileSync(new URL("./node_modules/gpt-tokenizer/package.json", import.meta.url), "utf8"),
);

function tokenize(request) {
  const special = request.special ?? "none";
  const options = {
    allowedSpecial: special === "all" ? "all" : new Set(special === "none" ? [] : special),
    disallowedSpecial: new Set(),
  };
  return { tokens: Array.from(failing("argument", () => encode(request.text, options))) };
}

function detokenize(request) {
  const text = failing("argument", () => decode(request.tokens));
  return { base64: Buffer.from(text).toString("base64"), text };
}

await serve(
  { name: "gpt-tokenizer (npm)", version, homepage: "https://github.com/niieani/gpt-tokenizer" },
  { tokenize, detokenize },
);
