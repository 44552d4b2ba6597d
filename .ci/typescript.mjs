// TypeScript's own parser reads what this library writes of tools' schemas if all of a schema is to be shown: of the suite's vectors, of the
// parts of each, and of random schemas. Each text, in the namespace of a prompt, must be TypeScript.
//
//   node typescript.mjs FOLDER VECTORS DRIVER...
//
// FOLDER is where npm has installed the package typescript, VECTORS the folder of the vectors with schemas.

import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const RANDOM_SCHEMAS = 3000;

const [folder, vectors, ...command] = process.argv.slice(2);
const ts = createRequire(resolve(folder) + "/")("typescript");

/** Returns what is wrong with a text. */
function errorsOf(text) {
  const file = ts.createSourceFile("prompt.ts", text, ts.ScriptTarget.Latest, false);
  return file.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const inPrompt = ({ typescript, helpers }) =>
  `namespace functions {\n\n${helpers.map((helper) => helper + "\n\n").join("")}type f = (_: ${typescript}) => any;\n\n}\n`;

/** All objects within a value, and the value: each may be a schema. */
function parts(value) {
  const inner = value !== null && typeof value === "object" ? Object.values(value).flatMap(parts) : [];
  return [value, ...inner];
}

const known = readdirSync(vectors).flatMap((name) =>
  JSON.parse(readFileSync(join(vectors, name))).vectors.map(({ given }) => given.schema ?? readable(given.schemaJson)),
);

function readable(json) {
  try {
    return JSON.parse(json);
  } catch {
    return true; // of the vectors whose JSON is refused
  }
}

let seed = 1;

/** Returns a random number from 0, always the same ones (mulberry32). */
function below(count) {
  seed = (seed + 0x6d2b79f5) | 0;
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) % count;
}

const oneOf = (choices) => choices[below(choices.length)];
const several = (most, make) => Array.from({ length: below(most + 1) }, make);

const TEXTS = ["a", "b\nc", "d\r", "e\u2028f", "g\u2029", 'say "hi"', "back\\slash", "*/", "//", "", "\u{1f600}", "`${x}`", "'q'", "\u0000", "<<<<<<< x"];
const NAMES = ["a", "b", "x y", "", "9", 'q"', "constructor", "readonly", "get", "new", "static", "async", "null", "\u00e9", "l\u2028", "in", "$x", "[key"];
const TYPES = ["string", "number", "integer", "boolean", "null", "object", "array", "unheard-of"];
const REFERENCES = ["#", "", "#/$defs/A", "#/$defs/never", "#/$defs/a-b", "#/properties/a", "#/$defs/a~1b", "other.json#/x\ny", "#anchor"];

const value = () => oneOf([null, true, -1, 1.5, 1e300, [], [1, "b"], {}, { k: [null] }, { "a b": { c: -2 } }, ...TEXTS]);
const map = (depth) => Object.fromEntries(several(3, () => [oneOf(NAMES), schema(depth)]));
const list = (depth) => several(3, () => schema(depth));

const FLAT = {
  type: () => oneOf([oneOf(TYPES), several(3, () => oneOf(TYPES))]),
  $ref: () => oneOf(REFERENCES),
  description: () => oneOf(TEXTS),
  title: () => oneOf(TEXTS),
  default: value,
  examples: () => several(2, value),
  enum: () => several(3, value),
  const: value,
  nullable: () => true,
  format: () => oneOf(TEXTS),
  pattern: () => oneOf(TEXTS),
  minItems: () => below(4),
  maxItems: () => below(4),
  required: () => several(2, () => oneOf(NAMES)),
  propertyNames: () => oneOf([{ enum: NAMES }, { pattern: "x" }, false]),
};
const DEEP = {
  properties: map,
  additionalProperties: (depth) => schema(depth),
  items: (depth) => oneOf([schema(depth), list(depth)]),
  prefixItems: list,
  anyOf: list,
  oneOf: list,
  allOf: list,
  not: (depth) => schema(depth),
  patternProperties: map,
};

/** Returns a random schema with so many levels below it, at most. */
function schema(depth) {
  if (below(12) === 0) {
    return oneOf([true, false]);
  }
  const keywords = several(4, () => oneOf([...(depth > 0 ? [FLAT, DEEP, DEEP] : [FLAT])]));
  return Object.fromEntries(
    keywords.map((kind) => oneOf(Object.entries(kind))).map(([keyword, make]) => [keyword, make(depth - 1)]),
  );
}

function document() {
  const $defs = { A: schema(2), never: schema(2), "a-b": schema(2), "a/b": schema(1) };
  return { type: "object", properties: map(3), ...schema(4), $defs };
}

const schemas = [...known.flatMap(parts), ...Array.from({ length: RANDOM_SCHEMAS }, document)];

const driver = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: driver.stdout });
schemas.forEach((schema, seq) => driver.stdin.write(JSON.stringify({ seq, cmd: "faithful_schema", schema }) + "\n"));
driver.stdin.end();

let wrong = 0;
let count = 0;
for await (const line of answers) {
  const answer = JSON.parse(line);
  const text = answer.error ? "" : inPrompt(answer);
  const errors = answer.error ? [answer.error.message] : errorsOf(text);
  count++;
  if (errors.length > 0 && wrong++ < 5) {
    console.error(`${JSON.stringify(schemas[answer.seq])}\n${text}\n${errors.join("\n")}\n`);
  }
}
if (wrong > 0 || count !== schemas.length) {
  console.error(`${wrong} of ${count} texts for ${schemas.length} schemas are not TypeScript.`);
  process.exit(1);
}
console.log(`TypeScript ${ts.version} reads what is written of ${count} schemas.`);
