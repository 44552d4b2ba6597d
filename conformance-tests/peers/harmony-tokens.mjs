// The special tokens of Harmony, for tokenizers that are told which ones there are.

const NAMED = {
  "<|startoftext|>": 199998,
  "<|endoftext|>": 199999,
  "<|return|>": 200002,
  "<|constrain|>": 200003,
  "<|channel|>": 200005,
  "<|start|>": 200006,
  "<|end|>": 200007,
  "<|message|>": 200008,
  "<|call|>": 200012,
};
const FIRST = 200000;
const LAST = 201088;

/** Returns each special token's id by its text. */
export function harmonyTokens() {
  const tokens = { ...NAMED };
  const named = new Set(Object.values(NAMED));
  for (let id = FIRST; id <= LAST; id++) {
    if (!named.has(id)) {
      tokens[`<|reserved_${id}|>`] = id;
    }
  }
  return tokens;
}
