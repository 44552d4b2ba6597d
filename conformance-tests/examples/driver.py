# A driver in ten lines: put what you want to test in place of the two answers, and offer more commands one by one.
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    answers = {
        "hello": lambda: {"implementation": {"name": "my tokenizer", "version": "1"}, "capabilities": ["tokenize", "stop_tokens"]},
        "tokenize": lambda: {"tokens": [ord(c) - 33 for c in request["text"]]},
        "stop_tokens": lambda: {"stop": [200002, 200007, 200012], "stopForAssistantActions": [200002, 200012]},
    }
    print(json.dumps({"seq": request["seq"], **answers.get(request["cmd"], lambda: {"skipped": "no"})()}), flush=True)
