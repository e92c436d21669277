"""Which workflows, jobs and steps a policy means: by file, id, name, command, action, environment or what they ship.

All globs are those of `fnmatch` and pay no regard to case, but for those of commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, NamedTuple

from wflint.analysis.environments import environment_names
from wflint.model.step import Step, UsesStep
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job
    from wflint.model.script import Script
    from wflint.model.uses import Uses
    from wflint.model.workflow import Workflow
    from wflint.shell import Command

Ships = Literal["deploy", "image", "package", "pages", "release"]

_RUNNERS = (
    ("uv", "run"),
    ("poetry", "run"),
    ("pdm", "run"),
    ("hatch", "run"),
    ("pipenv", "run"),
    ("pixi", "run"),
    ("bundle", "exec"),
    ("pnpm", "exec"),
    ("yarn", "exec"),
    ("npm", "exec"),
    ("npx",),
    ("bunx",),
    ("uvx",),
    ("pipx", "run"),
    ("python", "-m"),
    ("python3", "-m"),
)
"""Programs that run the command behind them."""
_DEEPEST = 10
"""How many local actions may use one another."""


class StepSelector(NamedTuple):
    """Steps that have one of these."""

    steps: tuple[str, ...] = ()
    """Globs of the beginning of a command that a step runs: `npm run lint` is also `npm run lint -- --fix`, and
    `pytest` is also `uv run pytest tests`."""
    uses: tuple[str, ...] = ()
    """Globs of the actions used, or reusable workflows called: `owner/*`, `owner/repo`, each with `@ref` at will; or
    `./path`."""
    names: tuple[str, ...] = ()
    """Globs of the steps' names."""


class WorkflowSelector(NamedTuple):
    """Workflows that have one of these."""

    files: tuple[str, ...] = ()
    """Globs of paths from the root: `.github/workflows/deploy-*.yml`; without a slash, of the file's name."""
    names: tuple[str, ...] = ()
    """Globs of the workflows' names."""


class JobSelector(NamedTuple):
    """Jobs that have one of these; `files` and `workflows` narrow them, and alone mean every job of theirs."""

    jobs: tuple[str, ...] = ()
    """Globs of job ids."""
    names: tuple[str, ...] = ()
    """Globs of the jobs' names."""
    steps: tuple[str, ...] = ()
    """Globs of the beginning of a command that a step runs: `kubectl apply` is also `kubectl apply -f k8s/`."""
    uses: tuple[str, ...] = ()
    """Globs of actions that a step uses, or workflows that the job calls: `owner/*`, `owner/repo`, `./path`."""
    environments: tuple[str, ...] = ()
    """Globs of the environments that the job names."""
    ships: tuple[Ships, ...] = ()
    """What a step is known to ship."""
    files: tuple[str, ...] = ()
    """Only in workflows with these paths, as globs."""
    workflows: tuple[str, ...] = ()
    """Only in workflows with these names, as globs."""

    @property
    def is_empty(self) -> bool:
        """Whether it means no job at all."""
        return self == JobSelector()

    def __str__(self) -> str:
        """Return it in a few words, for a message."""
        globs = [glob for field in self[:6] for glob in field] or [*self.files, *self.workflows]
        return ", ".join(f"`{glob}`" for glob in globs[:3]) + (", …" if len(globs) > 3 else "")


class Chosen(NamedTuple):
    """A step that a selector means."""

    step: Step | None
    """The step of the job: the one that uses a local action stands for what that runs. None for the job itself."""
    what: str
    """The command or the action, for a message."""
    place: Place
    command: Command | None = None


def selects_workflow(selector: WorkflowSelector, workflow: Workflow) -> bool:
    """Tell whether a selector means a workflow."""
    if any(_path(glob, workflow.path) for glob in selector.files):
        return True
    return workflow.name is not None and any_matches(selector.names, workflow.name)


def selects(selector: JobSelector, job: Job, repository: Repository | None = None, callers: Sequence[Job] = ()) -> bool:
    """Tell whether a selector means a job.

    `repository` is where local actions are looked up; `callers` call the job's workflow, the outermost first.
    """
    if selector.is_empty or not _is_in(selector, job.workflow):
        return False
    if not any(selector[:6]):
        return True
    if any_matches(selector.jobs, job.id) or (job.name is not None and any_matches(selector.names, job.name)):
        return True
    if selector.environments and any(
        any_matches(selector.environments, name) for name in environment_names(job, callers)
    ):
        return True
    if job.uses is not None and uses_matches(job.uses, selector.uses):
        return True
    return next(chosen(selector, job, repository), None) is not None


def chosen(selector: JobSelector, job: Job, repository: Repository | None = None) -> Iterator[Chosen]:
    """Yield the steps of a job that a selector means by their commands, actions or what they ship."""
    if selector.steps or selector.uses:
        yield from steps_with(StepSelector(selector.steps, selector.uses), job.steps, repository)
    if selector.ships:
        from wflint.analysis.shipping import shipments

        for step in job.steps:
            for shipment in shipments(step):
                if shipment.kind in selector.ships:
                    yield Chosen(step, shipment.what, shipment.place, shipment.command)


def steps_with(selector: StepSelector, steps: Iterable[Step], repository: Repository | None = None) -> Iterator[Chosen]:
    """Yield what a selector means among steps, in order; in a repository, also in the local actions they use."""
    for step in steps:
        for inner in _followed(step, repository):
            for found in _matched(selector, inner):
                yield found if inner is step else found._replace(step=step)


def runs(command: Command, globs: Iterable[str]) -> bool:
    """Tell whether a command begins with what one of the globs says.

    Wrappers such as `sudo` and programs that run another, such as `npx` and `uv run`, may stand before it.
    """
    lines = _lines(command)
    return any(fnmatchcase(line, glob) or fnmatchcase(line, f"{glob} *") for glob in globs for line in lines)


def _lines(command: Command) -> list[str]:
    """Return the texts that a command may be matched as; what only the run knows is a NUL, which `*` matches."""
    shapes = [" ".join(word.shape.split()) for word in command.words]
    found = [shapes]
    if (program := command.program) is not None:
        rest = [program, *(" ".join(word.shape.split()) for word in command.arguments)]
        found.append(rest)
        found += _behind_runner(rest)
    return list(dict.fromkeys(" ".join(words) for words in found if words))


def _behind_runner(words: list[str]) -> Iterator[list[str]]:
    runner = next((each for each in _RUNNERS if tuple(words[: len(each)]) == each), None)
    if runner is None:
        return
    at = len(runner)
    first = next((index for index in range(at, len(words)) if not words[index].startswith("-")), None)
    if first is None:
        return
    yield words[first:]
    # A flag may take the word behind it.
    if first > at and "=" not in words[first - 1]:
        second = next((index for index in range(first + 1, len(words)) if not words[index].startswith("-")), None)
        if second is not None:
            yield words[second:]


def _followed(step: Step, repository: Repository | None) -> Iterator[Step]:
    """Yield a step and the steps of the local action it uses."""
    queue = [(step, 0)]
    seen: set[str] = set()
    for each, depth in queue:
        yield each
        if repository is None or depth >= _DEEPEST or not isinstance(each, UsesStep):
            continue
        action = repository.local_action(each.uses)
        if action is not None and action.folder not in seen:
            seen.add(action.folder)
            queue += [(inner, depth + 1) for inner in action.steps]


def _matched(selector: StepSelector, step: Step) -> Iterator[Chosen]:
    if isinstance(step, UsesStep) and uses_matches(step.uses, selector.uses):
        yield Chosen(step, step.uses.text.partition("@")[0], step.uses.place)
        return
    if step.name is not None and any_matches(selector.names, step.name):
        yield Chosen(step, step.name, step.place)
        return
    if selector.steps:
        for script in step.scripts:
            yield from _commands(selector.steps, script, step)


def _commands(globs: tuple[str, ...], script: Script, step: Step) -> Iterator[Chosen]:
    if not any(_literal(glob) in script.text for glob in globs) or script.shell_script is None:
        return
    for command in script.shell_script.commands:
        if command.kind == "command" and runs(command, globs):
            shown = " ".join(word.raw for word in command.words[:3])
            yield Chosen(step, shown, script.place_of(*command.span), command)


def _literal(glob: str) -> str:
    """Return a word that a script must hold for the glob to match a command of it; empty where there is none."""
    word = glob.split(" ", 1)[0]
    return word if not set(word) & set("*?[") else ""


def uses_matches(uses: Uses, globs: tuple[str, ...]) -> bool:
    """Tell whether one of the globs names an action or a workflow, local ones by `./path`."""
    if not globs:
        return False
    if uses.kind in ("local", "self"):
        return any_matches((glob.rstrip("/") for glob in globs), uses.text.rstrip("/"))
    return uses.matches(globs)


def _is_in(selector: JobSelector, workflow: Workflow) -> bool:
    if selector.files and not any(_path(glob, workflow.path) for glob in selector.files):
        return False
    return not selector.workflows or (workflow.name is not None and any_matches(selector.workflows, workflow.name))


def any_matches(globs: Iterable[str], text: str) -> bool:
    """Tell whether one of the globs matches a text, without regard to case."""
    lower = text.lower()
    return any(fnmatchcase(lower, glob.lower()) for glob in globs)


def _path(glob: str, path: str) -> bool:
    return fnmatchcase(path if "/" in glob else path.rpartition("/")[2], glob)
