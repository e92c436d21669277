"""Install the versions that you tested.

A package without a version is the newest of the minute: a bad release breaks the build of a commit that worked yesterday,
and a hijacked one runs in your job before anybody has noticed. Lock files and versions make a run repeatable: `npm ci`
takes exactly what the lock file says, `npm install` may change it.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm install  # finding
      - run: |
          npm install -g vercel  # finding
          pip install build twine  # finding
          go install golang.org/x/tools/cmd/stringer@latest  # finding
          cargo install cargo-nextest --locked  # finding
          gem install bundler  # finding
```

Versions, lock files, constraints, local paths and addresses are fine, and so is what a variable names. Whether
`npm install` has a lock file to follow must show in the workflow.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: npm install
      - run: |
          npm install -g vercel@39.1.0
          pip install --upgrade pip
          pip install -r requirements.txt
          pip install -e '.[test]' --constraint constraints.txt
          python -m pip install build==1.2.2 "twine==$TWINE"
          pip install ./dist/*.whl
          go install golang.org/x/tools/cmd/stringer@v0.28.0
          go install ./cmd/...
          cargo install cargo-nextest --version 0.9.85 --locked
          cargo install --path .
          gem install bundler -v 2.5.23
          pnpm install
          yarn install
```

A policy may ask that whole projects are installed from their lock file, with the flag that says so.

```yaml fails
# options: {locked: true}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: uv sync --group dev  # finding
      - run: |
          npm install  # finding
          yarn install  # finding
          bun install  # finding
          pip install -r requirements.txt  # finding
          pipenv install --dev  # finding
```

```yaml passes
# options: {locked: true}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          uv sync --locked --group dev
          uv sync --frozen
          npm ci
          pnpm install --frozen-lockfile
          yarn install --immutable
          bun install --frozen-lockfile
          pip install --require-hashes -r requirements.txt
          pip install --no-deps .
          pipenv sync
          poetry sync
      - env:
          UV_LOCKED: "1"
        run: uv sync
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Fix, Script, installs, rule, shell

_LOCKED = ("package-lock.json", "npm-shrinkwrap.json", "cache: npm", "cache: 'npm'", 'cache: "npm"')


class Options(NamedTuple):
    locked: bool = False
    """Whether a whole project must be installed from its lock file: `uv sync --locked`, `pip install --require-hashes`."""


@rule(
    target=Script,
    level="warning",
    tags=("security", "supply-chain", "cwe-1357", "owasp-cicd-sec-3", "scorecard-pinned-dependencies"),
    options=Options,
    security_severity=4.0,
)
def check(script: Script, context: Context[Options]) -> Iterator[Finding]:
    words = ("install", " add ", " i ", "get ", *(("sync", "yarn") if context.options.locked else ()))
    if not any(word in script.text for word in words) or script.shell_script is None:
        return
    for command in script.shell_script.commands:
        flag = installs.lock_flag(command, _variables(script)) if context.options.locked else None
        if flag is not None:
            yield context.finding(
                script.place_of(*command.span), f"this may install what no lock file names; say so: `{flag}`"
            )
            continue
        if installs.rewrites_lock(command):
            if _has_lock(script):
                yield _locked(script, command, context)
            continue
        found = installs.unpinned(command)
        if found is None:
            continue
        names = ", ".join(f"`{each}`" for each in found.packages[:4]) + (", …" if len(found.packages) > 4 else "")
        yield context.finding(
            script.place_of(*command.span),
            f"{names} may be another version in the next run; say which: `{found.example}`",
            level="note",
        )


def _variables(script: Script) -> set[str]:
    step = script.step
    outer = [*(step.job.env if step.job is not None else ()), *(step.workflow.env if step.workflow is not None else ())]
    return {*step.env, *outer}


def _has_lock(script: Script) -> bool:
    """Tell whether the file says that there is a lock file to follow. Who writes `npm ci` too knows why not here."""
    text = script.document.text
    return any(sign in text for sign in _LOCKED) and "npm ci" not in text and "git add" not in text


def _locked(script: Script, command: shell.Command, context: Context[Options]) -> Finding:
    word = command.arguments[0]
    place = script.place_of(*word.span)
    return context.finding(
        place,
        "`npm install` may change the lock file and install what nobody tested; use `npm ci`",
        fix=Fix.replace("Use `npm ci`", place, "ci") if word.text in ("install", "i") else None,
    )
