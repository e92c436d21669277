"""Cache the dependencies that each pull request installs.

A job that downloads the same packages for every push takes minutes that somebody waits for and somebody pays. The actions that set up a
language cache them with one input. Jobs that ship are better without: what another run left in a cache ends up in what is shipped.

```yaml fails
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5  # finding
        with:
          python-version: "3.12"
      - run: pip install -r requirements.txt
  web:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4  # finding
        with:
          node-version: 22
      - run: npm ci
```

A step with a cache of its own will do, and so does a setup that installs nothing.

```yaml passes
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
      - run: pip install -r requirements.txt
  web:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/.npm
          key: npm-${{ hashFiles('package-lock.json') }}
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
  script:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m unittest
```

```yaml passes
on: release
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, RunStep, Step, UsesStep, rule, select

_INSTALLS = {
    "actions/setup-python": ("pip install", "pip3 install", "pipenv install", "pipenv sync", "poetry install"),
    "actions/setup-node": ("npm ci", "npm install", "npm i", "yarn install", "pnpm install"),
    "actions/setup-java": ("mvn", "./mvnw", "gradle", "./gradlew"),
}
"""What installs dependencies behind each action that could cache them, and does not unless told to."""


@rule(target=Job, level="note", tags=("reliability", "cost", "caches"))
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if "pull_request" not in job.workflow.triggers or any(_caches(step) for step in job.steps):
        return
    for step in job.steps:
        if not isinstance(step, UsesStep) or step.uses.name not in _INSTALLS or step.input("cache") is not None:
            continue
        if any(_runs(other, _INSTALLS[step.uses.name]) for other in job.steps[step.position :]):
            yield context.finding(
                step.uses, f"each run of `{job.id}` downloads its dependencies again; give `cache` the package manager"
            )


def _caches(step: Step) -> bool:
    name = step.uses.name if isinstance(step, UsesStep) else None
    return name is not None and ("cache" in name or name.startswith("gradle/"))


def _runs(step: Step, globs: tuple[str, ...]) -> bool:
    if not isinstance(step, RunStep) or not any(glob in step.script.text for glob in globs):
        return False
    commands = step.script.shell_script.commands if step.script.shell_script is not None else ()
    return any(command.kind == "command" and select.runs(command, globs) for command in commands)
