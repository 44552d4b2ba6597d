// Who speaks, as colours and words.

const CHANNELS = ["analysis", "commentary", "final"];

/** Returns the class that gives a message its colour. */
export function hueOf({ role, channel }) {
  if (role === "assistant" || role === undefined) {
    return CHANNELS.includes(channel) ? `of-${channel}` : "of-plain";
  }
  return ["system", "developer", "user", "tool"].includes(role) ? `of-${role}` : "of-plain";
}

/** Returns a message's author, and where it goes, in a few words. */
export function nameOf({ role, name, channel, recipient }) {
  const author = name ? (role === "tool" ? name : `${role} ${name}`) : role;
  return [author, channel, recipient && `to ${recipient}`].filter(Boolean).join(" · ");
}

/** Returns a message's text; what is not text as JSON. */
export function textOf({ content }) {
  if (typeof content === "string") {
    return content;
  }
  return (Array.isArray(content) ? content : []).map((part) => part.text ?? JSON.stringify(part, null, 2)).join("");
}
