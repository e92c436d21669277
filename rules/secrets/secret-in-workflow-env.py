"""Give secrets to the jobs or steps that use them, not to the whole workflow.

`env` at the top of a workflow is in the environment of every step of every job, also of the third-party actions in the
job that only runs a linter. Any of them can read the secret. Put it into the `env` of the step that needs it.

```yaml fails
on: push
env:
  DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}  # finding
  CI_TOKEN: ${{ github.token }}
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```

```yaml passes
on: push
env:
  CAN_DEPLOY: ${{ secrets.DEPLOY_TOKEN != '' }}
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```

With a single job there is nobody to keep it from; jobs that call a workflow do not get the variable. Every action
can ask for the job's own token anyway.

```yaml passes
on: push
env:
  DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
  call:
    uses: ./.github/workflows/check.yml
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Workflow, rule, secrets


@rule(
    target=Workflow,
    level="warning",
    tags=("security", "secrets", "cwe-272", "owasp-cicd-sec-6"),
    security_severity=3.5,
)
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    jobs = [job for job in workflow.jobs.values() if job.call is None]
    if len(jobs) < 2:
        return
    for expression in workflow.expressions:
        if expression.key != "env.*":
            continue
        for secret in secrets.carried(expression):
            if secret.name != secrets.TOKEN:
                yield context.finding(
                    expression,
                    f"every step of all {len(jobs)} jobs gets the secret `{secret.name}` in `{expression.scalar.key}`;"
                    " move it to the `env` of the steps that use it",
                )
