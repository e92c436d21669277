"""Let a scan fail when it finds something.

A scanner that is told to end well whatever it finds, by an input, by `continue-on-error` or by `|| true`, writes a log that
nobody reads, and everything after it goes on. Where the results go to code scanning, GitHub can block there instead, so
such scans are left alone unless `sarif-suffices` is switched off. With `severity`, a cut-off must be given that still
stops what is as bad as that.

```yaml fails
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
        with:
          image-ref: app:${{ github.sha }}
          exit-code: "0"  # finding
      - uses: snyk/actions/node@0.4.0
        continue-on-error: true  # finding
      - run: npm audit --audit-level=high || true  # finding
```

```yaml fails
# options: {by-default: true, sarif-suffices: false, severity: high}
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0  # finding
        with:
          image-ref: app:${{ github.sha }}
          format: sarif
          output: trivy.sarif
          severity: CRITICAL  # finding
      - uses: anchore/scan-action@v6
        with:
          image: app
          severity-cutoff: critical  # finding
      - uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: trivy.sarif
```

```yaml passes
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
        with:
          image-ref: app:${{ github.sha }}
          exit-code: "0"
          format: sarif
          output: trivy.sarif
      - uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: trivy.sarif
      - run: npm audit --audit-level=high
```
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from wflint.api import Context, Finding, Job, RunStep, Step, UsesStep, rule, scanners, shell

Severity = Literal["critical", "high", "medium", "low"]
_ORDER = ("low", "medium", "high", "critical")
_CUT_OFFS = {"anchore/scan-action": "severity-cutoff", "aquasecurity/trivy-action": "severity"}
"""The inputs that say what stops a scan: a list of what does, or the least that does."""
_KINDS = ("container", "iac", "sast", "sca", "secrets", "super", "workflow")
_NEVER = ("step-security/harden-runner", "codecov/codecov-action")
"""What is known to be weakened by an input and is no scan."""


class Options(NamedTuple):
    by_default: bool = False
    """Whether scanners are reported too that let everything pass unless they are told otherwise."""
    sarif_suffices: bool = True
    """Whether a scan need not fail whose results the job uploads to code scanning."""
    severity: Severity | None = None
    """What must still stop a scan that can be given a cut-off; without it, none is asked for."""
    kinds: tuple[Literal["container", "dast", "iac", "sast", "sca", "secrets", "super", "workflow"], ...] = ()
    """The kinds of scanners that are judged; empty for all but `dast`."""


@rule(target=Job, level="warning", tags=("delivery", "security"), options=Options, security_severity=5.0)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    uploaded = options.sarif_suffices and any(_uploads(step) for step in job.steps)
    blocking: set[str] | None = None
    for step in job.steps:
        if isinstance(step, UsesStep) and _is_judged(step, options):
            if not uploaded:
                yield from _weak(step, context)
            if options.severity is not None:
                yield from _cut_off(step, options.severity, context)
        elif isinstance(step, RunStep) and not uploaded:
            for finding, scanner in _commands(step, context):
                # Run a second time, to be read, it need not fail.
                blocking = _blocking(job) if blocking is None else blocking
                if scanner not in blocking:
                    yield finding


def _is_judged(step: UsesStep, options: Options) -> bool:
    name = step.uses.name
    if name is None or name in _NEVER:
        return False
    return any(kind in (options.kinds or _KINDS) for kind in scanners.kinds(name))


def _uploads(step: Step) -> bool:
    if not isinstance(step, UsesStep) or step.uses.name is None:
        return False
    known = scanners.sarif(step.uses.name)
    return known is not None and known.uploads and known.input is not None


def _weak(step: UsesStep, context: Context[Options]) -> Iterator[Finding]:
    name = step.uses.name or ""
    allowed = step.continue_on_error
    if allowed is not None and allowed.value is True and not _is_looked_at(step):
        yield context.finding(allowed, f"the run goes on whatever `{name}` finds; take `continue-on-error` away")
    known = scanners.weakness(name)
    if known is None:
        return
    given = False
    for key, values in known.values.items():
        variable = key.removeprefix("env ")
        node = step.input(key) if variable == key else step.env.get(variable)
        text = (node.string or "").strip().lower() if node is not None else ""
        given = given or bool(text)
        if node is not None and text in values:
            yield context.finding(node, f"with `{variable}: {text}`, `{name}` ends well whatever it finds; let it fail")
    if known.by_default and not given and context.options.by_default:
        first = next(iter(known.values))
        yield context.finding(
            step.uses, f"`{name}` ends well whatever it finds unless `{first}` says otherwise; set it"
        )


def _cut_off(step: UsesStep, wanted: Severity, context: Context[Options]) -> Iterator[Finding]:
    key = _CUT_OFFS.get(step.uses.name or "")
    if key is None:
        return
    node = step.input(key)
    if node is None:
        # Without it, every severity stops Trivy; Grype stops at medium.
        return
    words = [word.strip().lower() for word in node.text.split(",")]
    known = [_ORDER.index(word) for word in words if word in _ORDER]
    if not known:
        return
    stops = wanted in words if key == "severity" else min(known) <= _ORDER.index(wanted)
    if not stops:
        yield context.finding(node, f"what is {wanted} must stop this scan, and `{key}` lets it pass")


def _scans(step: Step) -> Iterator[tuple[shell.Command, str]]:
    """Yield the commands of a step that scan, with their names."""
    if not isinstance(step, RunStep) or not _may_scan(step.run.text):
        return
    for command in step.script.shell_script.commands if step.script.shell_script is not None else ():
        words = [word.text or "" for word in command.words]
        found = scanners.command(words) if command.kind == "command" else None
        if found is not None and not _only_tells(words):
            yield command, found


def _may_scan(text: str) -> bool:
    """Tell whether a script is worth parsing: most do not hold all words of a command that scans."""
    return any(all(word in text for word in each.split()) for each in scanners.commands())


def _blocking(job: Job) -> set[str]:
    """Return the scanners that a job lets fail."""
    return {
        name
        for step in job.steps
        for command, name in _scans(step)
        if command.swallowed is None and (step.continue_on_error is None or step.continue_on_error.value is False)
    }


def _commands(step: RunStep, context: Context[Options]) -> Iterator[tuple[Finding, str]]:
    allowed = step.continue_on_error
    for command, name in _scans(step):
        if allowed is not None and allowed.value is True and not _is_looked_at(step):
            text = f"the run goes on whatever `{name}` finds; take `continue-on-error` away"
            yield context.finding(allowed, text), name
            return
        behind = (command.followed_by_or or "").split()
        if command.swallowed == "or" and behind[:1] in (["true"], [":"], ["echo"]):
            text = f"the step goes on whatever `{name}` finds, because of `|| {' '.join(behind)}`; let it fail"
            yield context.finding(step.script.place_of(*command.span), text), name


def _only_tells(words: list[str]) -> bool:
    return any(word in ("--version", "version", "--help", "-h", "fix", "db", "image-db") for word in words[1:])


def _is_looked_at(step: Step) -> bool:
    """Tell whether something asks for the step's outcome."""
    if step.id is None or step.job is None:
        return False
    start = ("steps", step.id.lower())
    return any(
        route[:2] == start and route[2:3] in (("outcome",), ("*",), ())
        for e in step.job.all_expressions
        for _, route in e.reads
    )
