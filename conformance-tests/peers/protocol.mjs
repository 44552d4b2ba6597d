// The line protocol of the conformance suite, version 1, for a driver in JavaScript: one request a line in, one answer a
// line out. A driver gives `serve` what it can do, as functions from a request to the fields of its answer.

/** Thrown by a command that the implementation does not offer, or not with these arguments. */
export class Skipped extends Error {}

/** Thrown by a command that fails: `kind` is format, argument or exception. */
export class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Returns what `call` returns; what it throws becomes a failure of this kind, but for a crash of WebAssembly. */
export function failing(kind, call) {
  try {
    return call();
  } catch (error) {
    const isOurs = error instanceof Skipped || error instanceof WebAssembly.RuntimeError;
    throw isOurs ? error : new Failure(kind, String(error?.message ?? error));
  }
}

/** Answers requests until the input ends or one says stop. */
export async function serve(implementation, commands) {
  const capabilities = Object.keys(commands);
  const all = {
    hello: () => ({ protocol: 1, implementation: { ...implementation, language: "JavaScript" }, capabilities }),
    ...commands,
  };
  for await (const lines of batchesOfLines(process.stdin)) {
    let answers = "";
    for (const line of lines) {
      const request = JSON.parse(line);
      if (request.cmd === "stop") {
        process.stdout.write(answers);
        return;
      }
      answers += JSON.stringify({ seq: request.seq, ...answer(all[request.cmd], request) }) + "\n";
    }
    process.stdout.write(answers);
  }
}

function answer(command, request) {
  try {
    return command ? command(request) : { skipped: `no command ${request.cmd}` };
  } catch (error) {
    if (error instanceof Skipped) {
      return { skipped: error.message };
    }
    return { error: { kind: error?.kind ?? "exception", message: String(error?.message ?? error) } };
  }
}

/** Yields the complete lines of each chunk. Not readline's: that one also divides at U+2028, which JSON may hold. */
async function* batchesOfLines(stream) {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    yield lines.filter((line) => line.trim() !== "");
  }
  if (rest.trim() !== "") {
    yield [rest];
  }
}

/** Returns the bytes as text, with U+FFFD where they are not UTF-8, and a byte order mark as it is. */
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Returns the answer of detokenize. */
export function bytesAnswer(bytes) {
  return { base64: Buffer.from(bytes).toString("base64"), text: lenient.decode(bytes) };
}
