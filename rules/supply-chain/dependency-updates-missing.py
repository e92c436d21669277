"""Look for vulnerable dependencies at set times.

A dependency that is fine today has a published vulnerability next month, and no push of your own tells you. Dependabot, Renovate
or a scheduled workflow that scans looks again each week. With `ecosystems`, Dependabot must watch each of them, unless
Renovate does it.

```yaml fails
# options: {ecosystems: [npm]}
# file: .github/workflows/ci.yml
on: push
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - run: npm audit
# file: .github/dependabot.yml
version: 2
updates:  # finding
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
```

```yaml fails
# file: .github/workflows/ci.yml
on: push  # finding
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - run: npm audit
```

```yaml passes
# options: {ecosystems: [npm]}
# file: .github/workflows/ci.yml
on: push
jobs: {}
# file: .github/dependabot.yml
version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule:
      interval: weekly
```

```yaml passes
# options: {ecosystems: [npm]}
# file: .github/workflows/audit.yml
on:
  schedule:
    - cron: "17 3 * * 1"
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - run: npm audit
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs: {}
# file: renovate.json
{"extends": ["config:recommended"]}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, RunStep, Step, UsesStep, rule, scanners


class Options(NamedTuple):
    ecosystems: tuple[str, ...] = ()
    """The package ecosystems that Dependabot must watch, as it calls them; empty for any one."""


_RENOVATE = ("renovate.json", ".renovaterc", "renovate-config")
_COMMANDS = frozenset(
    (
        "bundle audit",
        "cargo audit",
        "cargo deny",
        "composer audit",
        "dotnet list package --vulnerable",
        "govulncheck",
        "grype",
        "npm audit",
        "osv-scanner",
        "pip-audit",
        "pnpm audit",
        "safety check",
        "snyk test",
        "trivy",
        "yarn audit",
    )
)
"""The scanners that look at dependencies."""


@rule(target=Repository, level="warning", tags=("supply-chain", "dependabot"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not repository.complete or not repository.workflows or _has_renovate(repository) or _scans(repository):
        return
    watched = (
        {(update.ecosystem or "").strip() for update in repository.dependabot.updates}
        if repository.dependabot
        else set()
    )
    missing = [each for each in context.options.ecosystems if each not in watched]
    if watched - {""} and not missing:
        return
    shown = " for " + ", ".join(f"`{each}`" for each in missing) if missing else ""
    node = repository.dependabot.node.get("updates") if repository.dependabot is not None else None
    at = node.head if node is not None else (repository.dependabot or repository.workflows[0]).place
    yield context.finding(
        at, f"nothing looks for vulnerable dependencies at set times{shown}; add an entry to `.github/dependabot.yml`"
    )


def _has_renovate(repository: Repository) -> bool:
    if any((uses.owner or "").lower() == "renovatebot" for uses in repository.uses):
        return True
    names = (*repository.files, *(document.name for document in repository.documents))
    return any(name.rpartition("/")[2].startswith(_RENOVATE) for name in names)


def _scans(repository: Repository) -> bool:
    scheduled = (workflow for workflow in repository.workflows if "schedule" in workflow.triggers)
    return any(_is_scan(step) for workflow in scheduled for job in workflow.jobs.values() for step in job.steps)


def _is_scan(step: Step) -> bool:
    if isinstance(step, UsesStep):
        return step.uses.name is not None and "sca" in scanners.kinds(step.uses.name)
    if isinstance(step, RunStep) and step.script.shell_script is not None:
        commands = step.script.shell_script.commands
        return any(scanners.command([word.text or "" for word in command.words]) in _COMMANDS for command in commands)
    return False
