"""Let pre-commit fetch a fixed revision of its hooks.

pre-commit fetches a revision once and keeps it: a branch is whatever it was on the day each machine first saw it. Two
people run different hooks, CI runs a third, and `pre-commit autoupdate` cannot say what changes. A branch is also code
that anybody who can push to it runs on the machines of everyone who commits.

```yaml fails
repos:
  - repo: https://github.com/psf/black
    rev: main  # finding
    hooks:
      - id: black
  - repo: https://github.com/pycqa/flake8
    rev: stable  # finding
    hooks:
      - id: flake8
```

```yaml passes
repos:
  - repo: https://github.com/psf/black
    rev: 24.8.0
    hooks:
      - id: black
  - repo: https://github.com/pycqa/flake8
    rev: e43806be3607110919eff72939fda031776e885a
    hooks:
      - id: flake8
  - repo: local
    hooks: []
```

A tag can be moved. With `commits: true` only a commit will do, with the tag behind it as `pre-commit autoupdate --freeze`
writes it.

```yaml fails
# options: {commits: true}
repos:
  - repo: https://github.com/psf/black
    rev: 24.8.0  # finding
    hooks:
      - id: black
  - repo: https://github.com/pycqa/flake8
    rev: e43806be3607110919eff72939fda031776e885a  # finding
    hooks:
      - id: flake8
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: 2c9f875913ee60ca25ce70243dc24d5b6415598c  # frozen: v4.6.0
    hooks:
      - id: check-yaml
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, PreCommitRepo, is_branch, is_commit, rule


class Options(NamedTuple):
    commits: bool = False
    """Whether only whole commit ids with a `# frozen: TAG` comment will do."""


@rule(
    target=PreCommitRepo,
    level="error",
    tags=("security", "supply-chain", "pre-commit", "cwe-829"),
    options=Options,
    security_severity=5.0,
)
def check(repo: PreCommitRepo, context: Context[Options]) -> Iterator[Finding]:
    rev = repo.rev
    if rev is None or not repo.is_remote:
        return
    text = rev.text.strip()
    if is_branch(text):
        yield context.finding(
            rev, f"`{text}` is a branch: every machine has another state of it; name a tag or a commit"
        )
    elif text.replace("-", "").replace("_", "").isalpha():
        yield context.finding(
            rev, f"`{text}` is no version: it moves with every release; name a tag or a commit", level="warning"
        )
    elif context.options.commits and not is_commit(text):
        yield context.finding(
            rev, f"the tag `{text}` can be moved; run `pre-commit autoupdate --freeze` to pin its commit", level="note"
        )
    elif context.options.commits:
        comment = rev.document.comment_after(rev)
        if comment is None or not comment.text.startswith("frozen:"):
            yield context.finding(
                rev, "no comment says which version this commit is; write `# frozen: TAG` behind it", level="note"
            )
