"""Upload the results of a scan to code scanning, with the permission for it.

A SARIF file that stays on the runner is deleted with it: nobody sees what the scanner found. Uploading takes `security-events:
write`; without it the upload fails, and with it the job.

```yaml fails
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
        with:
          image-ref: app
          format: sarif  # finding
          output: trivy.sarif
  upload:
    permissions:
      contents: read
    runs-on: ubuntu-latest
    steps:
      - uses: github/codeql-action/upload-sarif@v3  # finding
        with:
          sarif_file: trivy.sarif
```

```yaml fails
# options: {explicit: true}
on: push
jobs:
  upload:
    runs-on: ubuntu-latest
    steps:
      - uses: github/codeql-action/upload-sarif@v3  # finding
        with:
          sarif_file: trivy.sarif
```

```yaml passes
on: push
permissions: {}
jobs:
  scan:
    permissions:
      contents: read
      security-events: write
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
        with:
          format: sarif
          output: trivy.sarif
      - uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: trivy.sarif
  kept:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
        with:
          format: sarif
          output: trivy.sarif
      - uses: actions/upload-artifact@v4
        with:
          path: trivy.sarif
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, RunStep, Scalar, Step, UsesStep, rule, scanners


class Options(NamedTuple):
    explicit: bool = False
    """Whether the permission must be written, so that it does not hang on the repository's default."""


@rule(target=Job, level="warning", tags=("delivery", "security"), options=Options, security_severity=3.0)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    uses = (step.uses.name for step in job.steps if isinstance(step, UsesStep))
    if not any(name is not None and scanners.sarif(name) is not None for name in uses):
        return
    if "sarif" not in job.document.text.lower():
        return
    written: Scalar | None = None
    for step in job.steps:
        if not isinstance(step, UsesStep) or step.uses.name is None:
            written = None if isinstance(step, RunStep) and "sarif" in step.run.text.lower() else written
            continue
        known = scanners.sarif(step.uses.name)
        if known is not None and known.uploads:
            yield from _permission(step, context)
            written = None
        elif known is not None:
            written = _writes(step, known) or written
        elif _may_take(step):
            written = None
    if written is not None:
        yield context.finding(
            written, "nobody sees these results; upload them with `github/codeql-action/upload-sarif`"
        )


def _writes(step: UsesStep, known: scanners.Sarif) -> Scalar | None:
    """Return the input by which a scanner writes SARIF and does not upload it."""
    if known.format is None:
        return None
    key, value = known.format
    node = step.input(key)
    # Scorecard publishes what it finds by itself.
    if node is None or step.input("publish_results") is not None:
        return None
    return node if node.text.strip().lower() == value else None


def _may_take(step: Step) -> bool:
    """Tell whether an action may do something with the file: its name is among its inputs, or what it does is not known."""
    inputs = step.node.get("with")
    taken = inputs is not None and any("sarif" in (node.string or "").lower() for node in inputs.walk())
    artifact = isinstance(step, UsesStep) and (step.uses.name or "").startswith("actions/upload-artifact")
    local = isinstance(step, UsesStep) and step.uses.kind != "remote"
    return taken or artifact or local


def _permission(step: UsesStep, context: Context[Options]) -> Iterator[Finding]:
    if step.job is None or (
        step.uses.name == "zizmorcore/zizmor-action" and step.input("advanced-security") is not None
    ):
        return
    granted = step.job.effective_permissions
    known = scanners.sarif(step.uses.name or "")
    for key, values in known.off.items() if known is not None else ():
        node = step.input(key)
        if node is not None and (node.text.strip().lower() in values or "${{" in node.text):
            return
    if granted is None:
        if context.options.explicit and not step.job.workflow.is_only_reusable:
            yield context.finding(
                step.uses, "the upload hangs on the repository's default; give `security-events: write`"
            )
    elif granted.level("security-events") in ("none", "read"):
        yield context.finding(step.uses, "the upload fails: the job lacks the permission `security-events: write`")
