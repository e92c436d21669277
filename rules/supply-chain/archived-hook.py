"""Use no pre-commit hooks from an archived repository.

Nobody mends hooks whose repository is archived: they break with a new Python or a new tool, and their dependencies keep
the vulnerabilities that they have. Everyone who commits runs them. Move to a repository that is kept up.

```yaml fails
repos:
  - repo: https://github.com/pre-commit/mirrors-mypy
    rev: v1.11.0
    hooks:
      - id: mypy
  - repo: https://github.com/pre-commit/mirrors-prettier  # finding
    rev: v3.1.0
    hooks:
      - id: prettier
```

```yaml passes
repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v4.6.0
    hooks:
      - id: end-of-file-fixer
  - repo: local
    hooks: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, PreCommitRepo, archived, rule


@rule(target=PreCommitRepo, level="warning", tags=("supply-chain", "maintainability"))
def check(repo: PreCommitRepo, context: Context[NoOptions]) -> Iterator[Finding]:
    if repo.repo is None or not repo.is_remote:
        return
    name = repo.repo.text.strip().removesuffix("/").removesuffix(".git").lower()
    for start in ("https://github.com/", "http://github.com/", "git@github.com:", "ssh://git@github.com/"):
        if name.startswith(start) and archived.is_archived_hook(name.removeprefix(start)):
            successor = archived.successor(name.removeprefix(start))
            yield context.finding(
                repo.repo,
                "this repository is archived: nobody mends its hooks any more;"
                f" {f'use `{successor}`' if successor else 'move to one that is kept up'}",
            )
