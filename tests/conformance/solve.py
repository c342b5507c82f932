"""Answer the cases of a conformance file: python -m tests.conformance.solve KIND FILE.json

KIND is the name of a module beside this one, with `answer(case, vectors)`. One JSON line a case: {"id", "result"}
or {"id", "error"}. What a case expects is never read: it is taken out before the case is handed over.
"""

import importlib
import json
import sys
from pathlib import Path

KINDS = ("business_time", "measures")


def solve(kind, vectors):
    """Yield one answer a case."""
    answer = importlib.import_module(f"tests.conformance.{kind}").answer
    for case in vectors["cases"]:
        question = {key: value for key, value in case.items() if key not in ("expected", "plain_value")}
        try:
            yield {"id": case["id"], "result": answer(question, vectors)}
        except Exception as error:
            yield {"id": case["id"], "error": f"{type(error).__name__}: {error}"}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    kind, path = arguments
    for line in solve(kind, json.loads(Path(path).read_text("utf-8"))):
        print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
