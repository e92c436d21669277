"""Call only workflows that are in the repository.

GitHub refuses a workflow that calls a file which is not in `.github/workflows`: nothing runs.

```yaml fails
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    uses: ./.github/workflows/biuld.yml  # finding
# file: .github/workflows/build.yml
on: workflow_call
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    uses: ./.github/workflows/build.yml
# file: .github/workflows/build.yml
on: workflow_call
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, near, rule


@rule(target=Repository, level="error", tags=("correctness", "reusable-workflows"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    if not repository.complete:
        return
    known = [f"./{workflow.path}" for workflow in repository.workflows]
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            uses = job.uses
            if uses is None or uses.kind not in ("local", "self") or not uses.path:
                continue
            if repository.local_workflow(uses) is None and not repository.has(uses.path):
                hint = near.hint(uses.text, known)
                yield context.finding(uses, f"there is no workflow `{uses.text}`{hint}")
