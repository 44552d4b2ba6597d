// Servers for the checks of this folder: the scripted one of the server's tests (ScriptedServer), whose model does what a word of the prompt says.
//
// The environment names what is needed: CLIENTS, where npm has installed the packages, and HARMONY_JAR and SCRIPTED_CLASSES, which are on the
// server's class path.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = createRequire(resolve(process.env.CLIENTS) + "/");

/** Imports an installed package. */
export const client = (name) => import(pathToFileURL(folder.resolve(name)));

/** Starts a server with settings such as `key=secret`, and ends it after the test. */
export async function serve(test, ...settings) {
  const path = [process.env.HARMONY_JAR, process.env.SCRIPTED_CLASSES].join(delimiter);
  const flags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", path];
  const child = spawn("java", [...flags, "io.harmony4j.server.ScriptedServer", ...settings], { stdio: ["pipe", "pipe", "inherit"] });
  test.after(() => child.stdin.end()); // it ends when its input does
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: url } = await lines.next();
  const log = [];
  const read = (async () => {
    for await (const line of lines) {
      log.push(JSON.parse(line));
    }
  })();
  /** Returns the line of the log that fits, when it is there. */
  const logged = async (fits) => {
    for (let i = 0; i < 800; i++) {
      const line = log.find(fits);
      if (line) {
        return line;
      }
      await sleep(25);
    }
    throw new Error("no line of the log fits; the last one is " + JSON.stringify(log.at(-1)));
  };
  const load = () => child.stdin.write("\n"); // what `loading=true` waits for
  return { url, api: url + "/v1", log, logged, load, read };
}

export const sleep = (millis) => new Promise((done) => setTimeout(done, millis));

/** Returns all that an asynchronous sequence has. */
export async function all(sequence) {
  const items = [];
  for await (const item of sequence) {
    items.push(item);
  }
  return items;
}
