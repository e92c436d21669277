"""Run on a runner image that is still there, and will be.

GitHub takes old images away: a job that asks for one waits for a runner that never comes, and fails. Before that, an
image that is deprecated fails on announced days, to remind you. Move to a newer one in time.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-20.04  # finding
    steps: []
  test:
    strategy:
      matrix:
        os:
          - ubuntu-24.04
          - macos-13  # finding
    runs-on: ${{ matrix.os }}
    steps: []
  old:
    runs-on: macos-14  # finding
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
  own:
    runs-on: [self-hosted, ubuntu-20.04]
    steps: []
```
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from wflint.api import Context, Finding, NoOptions, Runner, Scalar, rule, runners

_PLAIN = re.compile(r"[a-z]+-[\d.]+(?:-arm|-intel|-large|-xlarge)?")
_SOON = timedelta(days=120)


@rule(target=Runner, level="error", tags=("reliability", "deprecated", "runners"))
def check(runner: Runner, context: Context[NoOptions]) -> Iterator[Finding]:
    if runner.self_hosted or runner.group is not None:
        return
    today = context.declared.today
    for node in _labels(runner):
        label = runners.label(node.text.strip())
        if label is None:
            continue
        if label.removed is not None and label.removed <= today.isoformat():
            yield context.finding(
                node, f"`{node.text}` was taken away on {label.removed}: the job never starts; {_use(label)}"
            )
        elif label.status == "removed":
            yield context.finding(node, f"`{node.text}` is no hosted runner: the job never starts; {_use(label)}")
        elif label.deprecated is not None and label.deprecated <= today.isoformat():
            soon = label.removed is not None and label.removed <= (today + _SOON).isoformat()
            when = f" and goes away on {label.removed}" if label.removed is not None else ""
            yield context.finding(
                node, f"`{node.text}` is deprecated{when}; {_use(label)}", level="warning" if soon else "note"
            )


def _labels(runner: Runner) -> Iterator[Scalar]:
    """Yield the labels where they are written: in `runs-on`, or in the matrix."""
    for label in runner.labels:
        if "${{" not in label.text:
            yield label
            continue
        reads = [route for each in runner.job.expressions if each.scalar is label for _, route in each.reads]
        if len(reads) == 1 and len(reads[0]) == 2 and reads[0][0] == "matrix" and runner.job.matrix is not None:
            for node in runner.job.matrix.values_of(reads[0][1]) or ():
                if isinstance(node, Scalar):
                    yield node


def _use(label: runners.Label) -> str:
    """Return what to run on instead: the newest image of the system that is generally there."""
    known = [found for name in runners.labels() if (found := runners.label(name)) and found.status == "ga"]
    kind = (label.os, label.arch, label.larger)
    good = [each.name for each in known if (each.os, each.arch, each.larger) == kind and _PLAIN.fullmatch(each.name)]
    return f"use `{max(good)}`" if good else f"use another {label.os} image"
