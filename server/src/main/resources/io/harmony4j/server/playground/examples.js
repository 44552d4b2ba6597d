// What the page begins with.

import { newSystem } from "./conversation.js";

const weather = {
  name: "get_weather",
  description: "The weather in a city.",
  parameters: {
    type: "object",
    properties: {
      city: { type: "string", description: "The city, in English." },
      unit: { type: "string", enum: ["celsius", "fahrenheit"], default: "celsius" },
    },
    required: ["city"],
  },
};

function withWeather() {
  return {
    role: "developer",
    content: [
      {
        type: "developer_content",
        instructions: "Answer briefly.",
        tools: { functions: { name: "functions", description: null, tools: [weather] } },
      },
    ],
  };
}

export const EXAMPLES = {
  "A question": () => ({
    messages: [newSystem(), { role: "user", content: "What is 2 + 2?" }],
    output: "<|channel|>analysis<|message|>Simple addition.<|end|><|start|>assistant<|channel|>final<|message|>4<|return|>",
  }),
  "A tool call": () => ({
    messages: [newSystem(), withWeather(), { role: "user", content: "Do I need an umbrella in Tokyo?" }],
    output:
      "<|channel|>analysis<|message|>I should look at the weather.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}<|call|>",
  }),
  "Two turns, thoughts left out": () => ({
    messages: [
      newSystem(),
      withWeather(),
      { role: "user", content: "Do I need an umbrella in Tokyo?" },
      { role: "assistant", channel: "analysis", content: "I should look." },
      { role: "assistant", recipient: "functions.get_weather", channel: "commentary", content_type: "<|constrain|>json", content: "{\"city\":\"Tokyo\"}" },
      { role: "tool", name: "functions.get_weather", recipient: "assistant", channel: "commentary", content: "{\"rain\":true}" },
      { role: "assistant", channel: "final", content: "Yes, it is raining. ☔" },
      { role: "user", content: "And in Zürich?" },
    ],
    output: "",
  }),
  "Output that needs repairs": () => ({
    messages: [newSystem(), withWeather(), { role: "user", content: "Do I need an umbrella in Tokyo?" }],
    output:
      "<|channel|>analysis<|message|>Look it up.assistant<|channel|>comentary to=functions.get-weather json<|message|>{\"city\":\"Tokyo\"}<|call|>",
  }),
};

export const REQUEST = JSON.stringify(
  {
    model: "gpt-oss-20b",
    reasoning_effort: "low",
    messages: [
      { role: "system", content: "Answer briefly." },
      { role: "user", content: "Do I need an umbrella in Tokyo?" },
    ],
    tools: [{ type: "function", function: weather }],
  },
  null,
  2,
);
