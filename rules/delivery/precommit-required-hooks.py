"""Keep the pre-commit hooks that the policy lists.

What a hook checks before the commit never has to be found in review. A hook that was taken out of `.pre-commit-config.yaml` is
missed by nobody, as nothing fails. Without `hooks` this rule says nothing.

```yaml fails
# options: {hooks: [ruff, gitleaks]}
# file: .pre-commit-config.yaml
repos:  # finding
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.0
    hooks:
      - id: ruff
```

```yaml fails
# options: {hooks: [ruff]}
# file: .github/workflows/ci.yml
on: push  # finding
jobs: {}
```

```yaml passes
# options: {hooks: [ruff, "check-*"]}
# file: .pre-commit-config.yaml
repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.0
    hooks:
      - id: ruff
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v6.0.0
    hooks:
      - id: check-yaml
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, rule


class Options(NamedTuple):
    hooks: tuple[str, ...] = ()
    """Globs of the ids of hooks, each of which must be there."""


@rule(target=Repository, level="error", tags=("delivery", "pre-commit"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not context.options.hooks:
        return
    config = repository.precommit
    if config is None and not repository.complete:
        return
    present = [hook.id for repo in config.repos for hook in repo.hooks if hook.id] if config is not None else []
    missing = [glob for glob in context.options.hooks if not any(fnmatchcase(id, glob) for id in present)]
    if not missing:
        return
    shown = ", ".join(f"`{each}`" for each in missing)
    if config is None:
        at = next(iter(repository.workflows), repository)
        yield context.finding(at, f"the policy asks for the pre-commit hooks {shown}, and there is no configuration")
    else:
        repos = config.node.get("repos")
        yield context.finding(repos.head if repos is not None else config, f"the policy asks for the hooks {shown}")
