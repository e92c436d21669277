"""Ask who opened a pull request, not who acted on it last.

`github.actor` is whoever caused the run. On a pull request from a stranger that can be a bot: the stranger has Dependabot rebase a
branch that holds the stranger's commits, and the run's actor is `dependabot[bot]`. A condition that trusts the actor then lets foreign
code at your secrets. `github.event.pull_request.user.login` is who opened the pull request, and stays.

```yaml fails
on: pull_request_target
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'  # finding
    runs-on: ubuntu-latest
    permissions:
      contents: write
      pull-requests: write
    steps:
      - run: gh pr merge --auto --squash "$URL"
        env:
          URL: ${{ github.event.pull_request.html_url }}
          GH_TOKEN: ${{ github.token }}
```

```yaml fixed
on: pull_request_target
jobs:
  merge:
    if: github.event.pull_request.user.login == 'dependabot[bot]'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      pull-requests: write
    steps:
      - run: gh pr merge --auto --squash "$URL"
        env:
          URL: ${{ github.event.pull_request.html_url }}
          GH_TOKEN: ${{ github.token }}
```

```yaml fails
on:
  workflow_run:
    workflows: [CI]
jobs:
  merge:
    runs-on: ubuntu-latest
    steps:
      - if: contains(fromJSON('["dependabot[bot]", "renovate[bot]"]'), github.triggering_actor)  # finding
        run: ./merge
        env:
          TOKEN: ${{ secrets.TOKEN }}
```

Fine is what also asks for the author or the repository, what keeps bots out, and what runs without privileges.

```yaml passes
on: pull_request_target
jobs:
  author:
    if: github.actor == 'dependabot[bot]' && github.event.pull_request.user.login == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: ./merge
  own:
    if: github.actor == 'renovate[bot]' && github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    steps:
      - run: ./merge
  people:
    if: github.actor != 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: ./greet
```

```yaml passes
on: pull_request
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
        env:
          URL: ${{ github.event.pull_request.html_url }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Fix, Job, NoOptions, last_actor, privilege, rule

_STAYS = {
    "github.actor": "github.event.pull_request.user.login",
    "github.triggering_actor": "github.event.pull_request.user.login",
    "github.event.sender.login": "github.event.pull_request.user.login",
    "github.actor_id": "github.event.pull_request.user.id",
    "github.event.sender.id": "github.event.pull_request.user.id",
    "github.event.sender.type": "github.event.pull_request.user.type",
}


@rule(
    target=Job,
    level="error",
    tags=("security", "triggers", "cwe-290", "owasp-cicd-sec-1"),
    security_severity=8.0,
)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    among = privilege.scenes(job.workflow)
    if not among:
        return
    yield from _judge(job.condition, job, among, context)
    for step in job.steps:
        if step.condition is not None:
            yield from _judge(step.condition, job, privilege.reaching(job, among), context)


def _judge(
    condition: Expression | None, job: Job, among: list[privilege.Scene], context: Context[NoOptions]
) -> Iterator[Finding]:
    if condition is None:
        return
    powerless = privilege.writes(job) is False and not privilege.reads_secrets(job)
    for access, route, scene, known in last_actor.trusted_by(condition, among):
        stays = _STAYS.get(".".join(route))
        pull_request = scene.event == "pull_request_target"
        advice = f"ask for `{stays}`" if pull_request and stays else "ask which repository and who the code comes from"
        place = condition.place_of(access.span)
        alone = all(each.startswith("pull_request") for each in job.workflow.triggers)
        yield context.finding(
            place,
            f"`{'.'.join(route)}` is who acted last: a stranger can have a bot act on their `{scene.event}` run; {advice}",
            level="note" if powerless else None if pull_request and known else "warning",
            fix=Fix.replace("Ask who opened the pull request", place, stays)
            if pull_request and alone and stays
            else None,
        )
