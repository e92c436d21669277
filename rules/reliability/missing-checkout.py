"""Check the repository out before its files are used.

A job starts on a runner without the repository in it. What is built or installed from files that are not there fails at once, and
so the job never did what it says. Jobs share no files: what one has checked out, the next has not.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
  pipeline:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: |
          cd scripts/data-pipeline  # finding
          npm run refresh
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
      - run: npm ci  # finding
      - run: ./lint.sh
```

An artifact brings the files that are in it, and never a clone.

```yaml fails
on: push
jobs:
  diff:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          path: ./results
      - run: |
          cd scripts/data-pipeline  # finding
          npm run diff
  open:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
      - run: |
          git config --global user.name bot
          git checkout -b update  # finding
```

Nothing is said where the files may come from elsewhere: another action, a download, an artifact, a container, a runner of your
own.

```yaml passes
on: push
jobs:
  artifact:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
      - run: cd dist && ls
  folder:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          path: dist/app
      - run: cd dist && ls
  clone:
    runs-on: ubuntu-latest
    steps:
      - run: git clone https://github.com/octo-org/app . && npm ci
  own:
    runs-on: [self-hosted]
    steps:
      - run: ./deploy.sh
  made:
    runs-on: ubuntu-latest
    steps:
      - run: |
          mkdir -p work && cd work
          npm init -y
          npm install
  box:
    runs-on: ubuntu-latest
    container: node:22
    steps:
      - run: cd /app && npm ci
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, RunStep, Step, UsesStep, rule, workspace


@rule(target=Job, level="error", tags=("reliability", "correctness"))
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if job.container is not None or job.runs_on is None or not workspace.is_empty_at_start(job.runs_on):
        return
    folders: set[str] = set()
    for step in job.steps:
        if isinstance(step, UsesStep):
            folder = workspace.downloaded_to(step)
            if folder is not None:
                folders.add(folder)
            elif not workspace.leaves_empty(step):
                return
        elif isinstance(step, RunStep):
            use = workspace.first_use(step.script, folders)
            if use is not None and use.command is not None:
                yield context.finding(
                    step.script.place_of(*use.command.span),
                    f"`{use.what}` needs the repository, and this job has not checked it out; add"
                    " `actions/checkout` before it",
                    level=None if _always(step) else "note",
                )
                return
            if use is not None:
                return
        else:
            return


def _always(step: Step) -> bool:
    return step.condition is None
