"""Time what rules written in YAML cost: two hundred of them over real workflows, against the same run without any.

```sh
python benchmarks/declarative.py PATH/TO/CHECKOUTS
```
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from wflint.policy.bind import Bound, bind
from wflint.policy.policy import Policy, Setting
from wflint.rule.catalogue import load
from wflint.rule.rule import Declared
from wflint.session import Run, lint
from wflint.source.source import Source

SHAPES = (
    ("workflow", "$.jobs.*", "{anyOf: [{required: [runs-on]}, {required: [uses]}]}"),
    ("workflow", "$.jobs.*", "{not: {required: [name-NUMBER]}}"),
    ("workflow", "$.jobs.*.steps[*].uses", "{not: {pattern: '^acme-NUMBER/'}}"),
    ("workflow", "$.jobs.*.steps[?(@.run)]", "{not: {required: [with-NUMBER]}}"),
    ("workflow", "$.on.push.branches[*]", "{not: {const: branch-NUMBER}}"),
    ("workflow", "$.jobs.*.timeout-minutes", "{type: [integer, string]}"),
    ("workflow", "$.permissions.*", "{enum: [read, write, none]}"),
    ("workflow", "$.env.*", "{not: {const: value-NUMBER}}"),
    ("job", "$.strategy.matrix", "{type: [object, string]}"),
    ("step", "$.with", "{not: {required: [input-NUMBER]}}"),
)
"""Target, path, assertion: they hold nearly everywhere, as rules mostly do."""
RULE = """\
title: A rule to time
level: note
tags: [benchmark]
target: TARGET
select: SELECT
absent: pass
assert: ASSERT
message: not so
docs: |
  Made by the benchmark.
examples:
  - fails: |
      on: push  # finding
"""
RULES, ROUNDS = 200, 5


def bound(folder: Path) -> tuple[Bound, ...]:
    """Write the rules, and return them as a policy has them that switches all of them on."""
    for number in range(RULES):
        target, select, assertion = SHAPES[number % len(SHAPES)]
        text = RULE.replace("TARGET", target).replace("SELECT", select).replace("ASSERT", assertion)
        (folder / f"timed-{number}.yaml").write_text(text.replace("NUMBER", str(number)), encoding="utf-8")
    catalogue = load([folder])
    policy = Policy(rules={name: Setting(on=True) for name in catalogue})
    return bind(policy, catalogue, Declared())


def seconds(sources: list[Source], rules: tuple[Bound, ...]) -> float:
    """Return the processor time of a run over each file by itself."""
    run = Run({}, Policy(), rules, Declared(today=date(2026, 11, 1)))
    gc.collect()
    start = time.process_time()
    for source in sources:
        lint([source], run, complete=False)
    return time.process_time() - start


def main() -> None:
    """Print the cost a workflow, in milliseconds."""
    gc.set_threshold(100_000, 50, 100)  # as `wflint check` does
    files = sorted(Path(sys.argv[1]).rglob(".github/workflows/*.y*ml"))
    sources = [Source(file.name, "workflow", file.read_text(encoding="utf-8", errors="replace")) for file in files]
    with tempfile.TemporaryDirectory() as folder:
        rules = bound(Path(folder))
        seconds(sources[:20], rules)
        costs = [seconds(sources, rules) - seconds(sources, ()) for _ in range(ROUNDS)]
    each = [1000 * cost / len(sources) for cost in costs]
    spread = f"{min(each):.2f}–{max(each):.2f}"
    print(f"{RULES} rules, {len(sources)} workflows: {statistics.median(each):.2f} ms a workflow ({spread})")


if __name__ == "__main__":
    main()
