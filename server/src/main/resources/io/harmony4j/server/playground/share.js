// The state of the page in the fragment of its address, which no server sees: JSON, deflated, in base64url.

const VERSION = "#1.";

async function through(bytes, transform) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
}

export async function toFragment(state) {
  const deflated = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream("deflate-raw"));
  let binary = "";
  for (let i = 0; i < deflated.length; i += 0x8000) {
    binary += String.fromCharCode(...deflated.subarray(i, i + 0x8000));
  }
  return VERSION + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Returns the state that a fragment holds; null if it holds none. */
export async function ofFragment(fragment) {
  if (!fragment.startsWith(VERSION)) {
    return null;
  }
  try {
    const binary = atob(fragment.slice(VERSION.length).replaceAll("-", "+").replaceAll("_", "/"));
    const deflated = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const json = await through(deflated, new DecompressionStream("deflate-raw"));
    const state = JSON.parse(new TextDecoder().decode(json));
    return state && typeof state === "object" ? state : null;
  } catch {
    return null;
  }
}
