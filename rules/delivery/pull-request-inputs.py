"""Let pull requests that a workflow opens ask for review and carry labels.

A pull request from a bot that asks nobody is seen by nobody, and one without a label is lost among the others. A policy may
say which inputs each step that opens pull requests must give. Without `inputs` this rule says nothing.

```yaml fails
# options: {inputs: [[reviewers, team-reviewers], [labels]]}
on: schedule
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: peter-evans/create-pull-request@v7  # finding
        with:
          labels: data-refresh
      - run: gh pr create --fill --reviewer octocat  # finding
```

```yaml passes
# options: {inputs: [[reviewers, team-reviewers], [labels]]}
on: schedule
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: peter-evans/create-pull-request@v7
        with:
          labels: data-refresh
          team-reviewers: data
      - run: gh pr create --fill -r octocat --label data-refresh
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, RunStep, Step, UsesStep, automerge, rule, select


class Options(NamedTuple):
    inputs: tuple[tuple[str, ...], ...] = ()
    """Groups of inputs, one of each of which must be given: `[[reviewers, team-reviewers], [labels]]`. For `gh pr
    create` they are its flags: `--reviewer`, `--label`, `--assignee`, `--milestone`, `--project`."""


_FLAGS = {
    "reviewers": ("--reviewer", "-r"),
    "team-reviewers": ("--reviewer", "-r"),
    "labels": ("--label", "-l"),
    "assignees": ("--assignee", "-a"),
    "milestone": ("--milestone", "-m"),
    "project": ("--project", "-p"),
}


@rule(target=Step, level="error", tags=("delivery", "pull-requests"), options=Options)
def check(step: Step, context: Context[Options]) -> Iterator[Finding]:
    wanted = context.options.inputs
    if not wanted:
        return
    if (
        isinstance(step, UsesStep)
        and step.uses.name is not None
        and automerge.open_pr_action(step.uses.name) is not None
    ):
        lacking = [group for group in wanted if not any(_given(step, name) for name in group)]
        if lacking:
            yield context.finding(
                step.uses, f"the policy asks of pull requests for {_shown(lacking)}; add them to `with`"
            )
    elif isinstance(step, RunStep) and "pr create" in step.script.text and step.script.shell_script is not None:
        for command in step.script.shell_script.commands:
            if command.kind != "command" or not select.runs(command, ("gh pr create",)):
                continue
            flags = {word.shape.partition("=")[0] for word in command.arguments}
            lacking = [group for group in wanted if not any(flags.intersection(_flags(name)) for name in group)]
            if lacking:
                named = [tuple(_flags(name)[0] for name in group) for group in lacking]
                place = step.script.place_of(*command.span)
                yield context.finding(place, f"the policy asks of pull requests for {_shown(named)}")


def _given(step: UsesStep, name: str) -> bool:
    node = step.input(name)
    return node is not None and node.text.strip() != ""


def _flags(name: str) -> tuple[str, ...]:
    return _FLAGS.get(name, (f"--{name}",))


def _shown(groups: list[tuple[str, ...]]) -> str:
    return " and ".join(" or ".join(f"`{name}`" for name in dict.fromkeys(group)) for group in groups)
