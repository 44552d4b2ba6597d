// Runs a tokenizer of npm as a peer of `harmony bench tokenizer`; docs/benchmarks.md has the protocol.
//
//   node npm-peer.mjs PACKAGE encode FILE SECONDS
//   node npm-peer.mjs PACKAGE unseen FILE SECONDS OTHERS
//   node npm-peer.mjs PACKAGE tokens FILE

import { readFileSync } from "node:fs";

const MIN_SAMPLES = 3;
const WARM_UP_SHARE = 0.3;
const MASK = (1n << 64n) - 1n;

/** Returns the package's function from ordinary text to token ids. */
async function encoder(name) {
  switch (name) {
    case "tiktoken": {
      const { get_encoding } = await import("tiktoken");
      const encoding = get_encoding("o200k_base");
      return (text) => encoding.encode_ordinary(text);
    }
    case "gpt-tokenizer": {
      const { encode } = await import("gpt-tokenizer/encoding/o200k_base");
      const ordinary = { disallowedSpecial: new Set() };
      return (text) => encode(text, ordinary);
    }
    default:
      throw new Error(`expected tiktoken or gpt-tokenizer but found ${name}`);
  }
}

/** Returns the documents of a file: each has its length in four bytes, then its text in UTF-8. */
function documents(file) {
  const bytes = readFileSync(file);
  const texts = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    texts.push(bytes.toString("utf8", start, at));
  }
  return texts;
}

/** FNV-1a of 64 bits over the token ids. */
function hash(encode, texts) {
  let sum = 0xcbf29ce484222325n;
  for (const text of texts) {
    for (const token of encode(text)) {
      sum = ((sum ^ BigInt(token)) * 0x100000001b3n) & MASK;
    }
  }
  return sum.toString(16).padStart(16, "0");
}

/** Node can tell the processor time of one thread from version 23.9 on, before that only of the process. */
const cpuMicros = () => {
  const usage = (process.threadCpuUsage ?? process.cpuUsage)();
  return usage.user + usage.system;
};

/**
 * Times passes over texts until the seconds are over; before each one, other texts are encoded and not timed. The first
 * passes only warm up.
 */
function measure(encode, texts, seconds, others) {
  const pass = (all) => all.forEach((text) => encode(text));
  const samples = { cpu_ns: [], wall_ns: [] };
  const warm = performance.now() + 1e3 * WARM_UP_SHARE * seconds;
  const end = warm + 1e3 * seconds;
  while (samples.wall_ns.length < MIN_SAMPLES || performance.now() < end) {
    pass(others);
    const isTimed = performance.now() >= warm;
    const wall = process.hrtime.bigint();
    const cpu = cpuMicros();
    pass(texts);
    const cpuNanos = Math.round(1e3 * (cpuMicros() - cpu));
    const wallNanos = Number(process.hrtime.bigint() - wall);
    if (isTimed) {
      samples.cpu_ns.push(Math.max(1, cpuNanos));
      samples.wall_ns.push(Math.max(1, wallNanos));
    }
  }
  return samples;
}

const [name, mode, file, seconds, others] = process.argv.slice(2);
const encode = await encoder(name);
const texts = documents(file);
const utf8Length = (all) => all.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

if (mode === "tokens") {
  for (const text of texts) {
    console.log(Array.from(encode(text)).join(" "));
  }
} else if (mode === "encode" || mode === "unseen") {
  const half = mode === "unseen" ? texts.length >> 1 : 0;
  const timed = texts.slice(half);
  const before = mode === "unseen" ? documents(others).concat(texts.slice(0, half)) : [];
  const fnv1a64 = hash(encode, texts);
  const samples = measure(encode, timed, Number(seconds), before);
  console.log(JSON.stringify({ fnv1a64, bytes: utf8Length(timed), ...samples }));
} else {
  throw new Error(`expected encode, unseen or tokens but found ${mode}`);
}
