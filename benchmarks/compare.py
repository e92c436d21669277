"""Time wflint beside zizmor, and beside the floor of any linter in Python, on the same files in the same run.

```sh
pip install '.[bench]'
python benchmarks/compare.py PATH/TO/CHECKOUTS [--runs 7] [--file PATH/TO/A/WORKFLOW]
```

PATH is a folder of repositories, or one repository. Every command runs as a process of its own, the contestants in
turn, so that a machine whose speed drifts is unfair to none. What is quoted is the median of the pairwise ratios;
absolute times are printed to show the noise. CPU time is user plus system time of the whole process.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FLOOR = """
import sys
from pathlib import Path
from wflint.source import yaml
from wflint.source.source import Source
for name in sys.stdin.read().split("\\n"):
    if name:
        document = yaml.parse(Source(name, "workflow", Path(name).read_text(encoding="utf-8", errors="replace")))
        for node in document.root.walk() if document.root else ():
            pass
"""


class Cost(NamedTuple):
    """What one run took."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    memory: float
    """Peak, in MiB."""


class Contestant(NamedTuple):
    """A command, and what it reads from standard input."""

    name: str
    command: list[str]
    stdin: str = ""


def cost(contestant: Contestant) -> Cost:
    """Run a command once."""
    import time

    start = time.perf_counter()
    process = subprocess.Popen(
        contestant.command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(contestant.stdin)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, *range(10, 15)):
        raise SystemExit(f"{contestant.name} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def table(title: str, contestants: list[Contestant], runs: int) -> str:
    """Return a Markdown table of medians, and of ratios to the first contestant, pair by pair."""
    costs: dict[str, list[Cost]] = {each.name: [] for each in contestants}
    for each in contestants:
        cost(each)
    for _ in range(runs):
        for each in contestants:
            costs[each.name].append(cost(each))
    anchor = costs[contestants[0].name]
    lines = [
        f"### {title}",
        "",
        "| | cpu s (min–max) | wall s | MiB | cpu ratio | wall ratio | memory ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, taken in costs.items():
        median = Cost(*(statistics.median(getattr(c, field) for c in taken) for field in Cost._fields))
        spread = f"{min(c.cpu for c in taken):.3f}–{max(c.cpu for c in taken):.3f}"
        ratios = [
            statistics.median(getattr(c, field) / getattr(a, field) for c, a in zip(taken, anchor, strict=True))
            for field in Cost._fields
        ]
        shown = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"| {name} | {median.cpu:.3f} ({spread}) | {median.wall:.3f} | {median.memory:.0f} | {shown} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Time wflint beside zizmor.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument(
        "--file", type=Path, help="the workflow for the one-file figures; the median-sized one by default"
    )
    asked = parser.parse_args()
    workflows = sorted(asked.path.rglob(".github/workflows/*.y*ml"), key=lambda file: (file.stat().st_size, file))
    one = asked.file or workflows[len(workflows) // 2]
    scripts = Path(sys.executable).parent
    zizmor = [str(scripts / "zizmor"), "--offline", "--no-config", "--quiet", "--format", "json"]
    wflint = [str(scripts / "wflint"), "check", "--no-config", "--quiet", "--format", "json", "--fail-on", "never"]
    strict = [*wflint, "--policy", "strict"]
    print(f"{len(workflows)} workflows, {resource.getpagesize()} bytes a page, {os.cpu_count()} processors\n")
    print(
        table(
            "Everything, cold",
            [
                Contestant("zizmor, defaults", [*zizmor, str(asked.path)]),
                Contestant("zizmor, every audit", [*zizmor, "--persona", "auditor", str(asked.path)]),
                Contestant("wflint, recommended", [*wflint, str(asked.path)]),
                Contestant("wflint, strict", [*strict, str(asked.path)]),
                Contestant("floor: parse and visit", [sys.executable, "-c", FLOOR], "\n".join(map(str, workflows))),
            ],
            asked.runs,
        )
    )
    print(
        table(
            f"One file of {one.stat().st_size:,} bytes",
            [
                Contestant("zizmor", [*zizmor, str(one)]),
                Contestant("wflint, recommended", [*wflint, str(one)]),
                Contestant("wflint, strict", [*strict, str(one)]),
                Contestant("wflint, strict, --no-cache", [*strict, "--no-cache", str(one)]),
                Contestant("wflint --version", [wflint[0], "--version"]),
                Contestant("zizmor --version", [zizmor[0], "--version"]),
                Contestant("python -c pass", [sys.executable, "-c", "pass"]),
            ],
            asked.runs,
        )
    )


if __name__ == "__main__":
    main()
