"""Build what you ship without a shared cache.

A cache is shared by every run on a branch, and by all branches that come from it. Code that runs in any of them, a test of
a dependency, a build script, a job that looks at pull requests, can put a changed file into it. A job that restores the
cache and then ships what it built ships that file to everybody who trusts you. Build releases from scratch: switch the
cache off where you ship, or ship from a job of its own.

```yaml fails
on:
  push:
    tags: ["v*"]
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4  # finding
        with:
          cache: npm
      - uses: Swatinem/rust-cache@v2  # finding
      - run: npm ci && npm run build
      - run: npm publish
```

A job that builds what another one ships counts too.

```yaml fails
on: release
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache/restore@v4  # finding
        with: {path: target, key: build}
      - run: make
      - uses: actions/upload-artifact@v4
        with: {name: package, path: dist}
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
      - uses: pypa/gh-action-pypi-publish@v1.12.4
```

Caches that are off, only looked up, or restored where nothing is shipped are fine, and so are steps that only run
for pull requests or off the tags.

```yaml passes
on:
  push:
    tags: ["v*"]
  pull_request:
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          cache: npm
  release:
    needs: test
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-go@v5
        with:
          cache: false
      - uses: actions/cache@v4
        with: {path: target, key: build, lookup-only: true}
      - uses: Swatinem/rust-cache@v2
        if: github.event_name == 'pull_request'
      - uses: Swatinem/rust-cache@v2
        if: "!startsWith(github.ref, 'refs/tags/')"
      - uses: astral-sh/setup-uv@v6
        with:
          enable-cache: ${{ github.event_name == 'pull_request' }}
      - run: npm publish
      - uses: actions/cache@v4
        with: {path: log, key: log}
```

```yaml passes
on: pull_request
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v4
        with: {path: target, key: build}
      - run: wrangler deploy --env preview
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, Level, NoOptions, Step, UsesStep, caches, rule, shipping

_GRAVE = frozenset({"package", "image", "release"})
_REVIEWED = frozenset({"pull_request", "merge_group"})


@rule(
    target=Job,
    level="warning",
    tags=("security", "supply-chain", "cache", "cwe-349", "owasp-cicd-sec-9"),
    security_severity=7.0,
)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    events = job.workflow.triggers.keys()
    restoring = [step for step in job.steps if isinstance(step, UsesStep) and _restores(step)]
    shipped = _shipped(job) if restoring and events - _REVIEWED else None
    if shipped is None:
        return
    shipment, last = shipped
    releases = "release" in events or any(trigger.has("tags") for trigger in job.workflow.triggers.values())
    level: Level | None = None if releases and shipment.kind in _GRAVE else "note"
    for step in restoring:
        if step.position < last:
            yield context.finding(
                step.uses,
                f"this restores a cache that other runs can write, and `{shipment.what}` ships what is built from it;"
                " switch the cache off here",
                level="note" if _depends(step) else level,
                related=[(shipment.place, f"`{shipment.what}` ships it here")],
            )


def _restores(step: UsesStep) -> bool:
    if step.uses.name is None or _is_skipped(step):
        return False
    inputs = {name: node.string or "" for name, node in step.with_.items()}
    use = caches.use(step.uses.name, inputs, step.uses.version or "")
    return use is not None and use.restores is True


def _depends(step: UsesStep) -> bool:
    """Tell whether it hangs on a file: setup-node caches by itself only where package.json names npm as its manager."""
    return step.uses.name == "actions/setup-node" and step.input("cache") is None


def _shipped(job: Job) -> tuple[shipping.Shipment, int] | None:
    """Return what is shipped of a job's work, by itself or by a later one, and before which of its steps that was made."""
    own = [each for step in job.steps for each in shipping.shipments(step)]
    if own:
        return own[0], own[-1].step.position
    uploads = [step for step in job.steps if _uses(step, "actions/upload-artifact")]
    if not uploads:
        return None
    for later in job.transitive_dependents:
        if any(_uses(step, "actions/download-artifact") for step in later.steps):
            shipment = shipping.ships(later)
            if shipment is not None:
                return shipment, uploads[-1].position
    return None


def _uses(step: Step, name: str) -> bool:
    return isinstance(step, UsesStep) and step.uses.name == name


def _is_skipped(step: Step) -> bool:
    """Tell whether a step's condition asks about the event or the ref, which usually keeps it out of a release."""
    reads = step.condition.reads if step.condition is not None else []
    return any(route in {("github", "event_name"), ("github", "ref"), ("github", "ref_type")} for _, route in reads)
