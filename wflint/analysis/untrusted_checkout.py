"""Which steps put a stranger's code into a job that has the repository's privileges, and whether it then runs.

https://docs.github.com/actions/reference/security/securely-using-pull_request_target
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.privilege import FOREIGN, Scene
from wflint.expression.evaluate import evaluate
from wflint.expression.value import UNKNOWN
from wflint.model.step import RunStep, Step, UsesStep
from wflint.source.node import Node, Place, Scalar

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.shell.word import Word

_SWITCHING = frozenset({"checkout", "switch", "reset", "merge", "pull", "clone", "worktree", "cherry-pick", "rebase"})
_INTERPRETERS = frozenset({"bash", "sh", "zsh", "python", "python3", "node", "ruby", "perl", "pwsh", "source", "."})
_BRANCHES = (("github", "head_ref"), ("github", "event", "pull_request", "head", "ref"))
_LOOKED_UP = ("headrefoid", "headrefname", "head.sha", "head.ref", "head_sha", "head_ref", ".head.")


class Checkout(NamedTuple):
    """A step that puts a stranger's commit into the job's folder."""

    step: Step
    place: Place
    """The characters that choose the commit."""
    what: str
    """What is checked out, for a message: `github.event.pull_request.head.sha`."""
    by_name: bool
    """Whether only a branch's name is the stranger's: it is looked up in this repository."""
    folder: str
    """The folder it goes to; empty for the job's own."""
    guarded: bool
    """Whether the version of actions/checkout refuses a fork's code unless told otherwise."""


def checkouts(job: Job, reach: list[Scene]) -> Iterator[Checkout]:
    """Yield the checkouts of a stranger's code in a job; `reach` are the stranger's runs in which the job runs."""
    fetched: list[Checkout] = []
    for step in job.steps:
        if isinstance(step, UsesStep) and step.uses.name == "actions/checkout":
            yield from _by_action(step, reach)
        elif isinstance(step, RunStep):
            yield from _by_script(step, reach, fetched)


def _by_action(step: UsesStep, reach: list[Scene]) -> Iterator[Checkout]:
    ref, repository = step.input("ref"), step.input("repository")
    foreign_repository = repository is not None and _foreign(step, repository, reach)
    chosen = ref if ref is not None and _foreign(step, ref, reach) else None
    if foreign_repository and chosen is None:
        chosen = repository
    if chosen is None:
        return
    found = _paths(step, chosen)
    by_name = not foreign_repository and chosen is ref and bool(found) and found <= _names(reach)
    if by_name and all(scene.event == "workflow_run" for scene in reach):
        return
    folder = step.input("path")
    where = folder.text.strip().removeprefix("./").strip("/") if folder is not None else ""
    what = ".".join(min(found)) if found else chosen.text.strip()
    refuses = {scene.event for scene in reach} <= {"pull_request_target", "workflow_run"} and not by_name
    yield Checkout(step, chosen.place, what, by_name, where, refuses and _refuses_forks(step))


def _names(reach: list[Scene]) -> set[tuple[str, ...]]:
    return {*_BRANCHES, ("github", "event", "workflow_run", "head_branch")} if reach else set()


def _refuses_forks(step: UsesStep) -> bool:
    """Tell whether a version of actions/checkout is known to refuse a fork's code, which v2 to v6 learned in 2026-07.

    https://github.com/actions/checkout#usage
    """
    from wflint.facts import refs
    from wflint.facts.version import parse

    allowed = step.input("allow-unsafe-pr-checkout")
    version = parse(refs.version("actions/checkout", step.uses.ref or ""))
    if (allowed is not None and allowed.text.strip().lower() != "false") or version is None:
        return False
    return version.major >= 7 or (version.floating and version.major >= 2)


def _foreign(step: Step, node: Scalar, reach: list[Scene]) -> bool:
    return any(_is_foreign(step, expression, reach) for expression in _expressions_in(step, node))


def _expressions_in(step: Step, node: Node) -> list[Expression]:
    return [expression for expression in step.expressions if expression.scalar is node]


def _is_foreign(step: Step, expression: Expression, reach: list[Scene]) -> bool:
    """Tell whether an expression gives what the stranger chose: by its value if known, else by what it reads."""
    if expression.tree is None:
        return False
    for scene in reach:
        value = evaluate(expression.tree, scene.contexts)
        if value is UNKNOWN:
            if any(_reads_foreign(step, route, scene) for _, route in expression.reads):
                return True
        elif isinstance(value, str) and FOREIGN in value:
            return True
    return False


def _reads_foreign(step: Step, route: tuple[str, ...], scene: Scene) -> bool:
    if route[0] == "env" and len(route) == 2:
        node = _variable(step, route[1])
        return node is not None and FOREIGN in _known(node, scene)
    if route[0] == "steps" and len(route) == 4 and step.job is not None:
        source = step.job.step(route[1])
        return source is not None and _looks_up_head(source, route[3])
    if route[0] == "needs" and len(route) == 4 and step.job is not None:
        return _needed_output(step.job, route[1], route[3], scene)
    return _value(route, scene) == FOREIGN


def _needed_output(job: Job, id: str, name: str, scene: Scene) -> bool:
    needed = job.workflow.job(id)
    node = next((node for key, node in needed.outputs.items() if key.lower() == name), None) if needed else None
    if needed is None or node is None:
        return False
    for expression in needed.expressions:
        if expression.scalar is not node:
            continue
        for _, route in expression.reads:
            source = needed.step(route[1]) if route[0] == "steps" and len(route) == 4 else None
            if (source is not None and _looks_up_head(source, route[3])) or _value(route, scene) == FOREIGN:
                return True
    return False


def _looks_up_head(step: Step, output: str) -> bool:
    """Tell whether a step finds out a pull request's head and gives it as an output, as chat-ops do."""
    if (
        not any(word in output.lower() for word in ("sha", "ref", "head", "branch", "commit"))
        or "base" in output.lower()
    ):
        return False
    if isinstance(step, UsesStep):
        from wflint.facts import untrusted

        if untrusted.action_output(step.uses.name or "", output) == "ref":
            return True
    texts = [script.text.lower() for script in step.scripts]
    return any(word in text for text in texts for word in _LOOKED_UP) and not any("base." in text for text in texts)


def _value(route: tuple[str, ...], scene: Scene) -> object:
    value: object = scene.contexts
    for key in route:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _known(node: Node, scene: Scene) -> str:
    from wflint.expression.evaluate import parts

    return "".join(part for part in parts(node.string or "", scene.contexts) if isinstance(part, str))


def _variable(step: Step, name: str) -> Node | None:
    for env in (step.env, step.job.env if step.job else {}, step.workflow.env if step.workflow else {}):
        for key, node in env.items():
            if key.lower() == name.lower():
                return node
    return None


def _paths(step: Step, node: Scalar) -> set[tuple[str, ...]]:
    return {route for expression in _expressions_in(step, node) for _, route in expression.reads if len(route) > 1}


def _by_script(step: RunStep, reach: list[Scene], fetched: list[Checkout]) -> Iterator[Checkout]:
    """Yield what a script checks out; `fetched` keeps what it, or a step before it, only fetched."""
    script = step.script
    if script.dialect != "bash" or not any(word in script.text for word in ("git", "gh ", "hub ")):
        return
    folder = step.working_directory
    where = folder.text.strip().removeprefix("./").strip("/") if folder is not None else ""
    parsed = script.shell_script
    for command in parsed.commands if parsed else ():
        words = [word.text or "" for word in command.arguments]
        place = script.place_of(*command.span)
        if command.program in ("gh", "hub") and words[:2] == ["pr", "checkout"]:
            yield Checkout(step, place, "gh pr checkout", False, where, False)
            return
        if command.program != "git":
            continue
        chosen = next((word for word in command.arguments if _foreign_word(step, word, reach)), None)
        if any(word in _SWITCHING for word in words):
            if chosen is not None:
                yield Checkout(step, place, chosen.raw.strip("\"'"), False, where, False)
                return
            if fetched:
                yield fetched[0]._replace(step=step)
                return
        elif "fetch" in words and (chosen is not None or any(_names_pull_request(word) for word in command.arguments)):
            fetched.append(Checkout(step, place, "git fetch", False, where, False))


def _names_pull_request(word: Word) -> bool:
    return any("pull/" in piece for piece in word.pieces) and ("refs/" in word.shape or "/head" in word.shape)


def _foreign_word(step: RunStep, word: Word, reach: list[Scene]) -> bool:
    for variable in word.variables:
        node = _variable(step, variable.name)
        if node is not None and any(_known(node, scene) == FOREIGN for scene in reach):
            return True
    return False


def runs_tree_code(checkout: Checkout, after: Iterable[Step]) -> tuple[Place, str] | None:
    """Return the first thing behind a checkout that runs code or configuration of the tree, and what it is."""
    from wflint.facts import tree_code

    for step in after:
        if isinstance(step, UsesStep):
            inside = not checkout.folder or checkout.folder in step.uses.text
            if step.uses.kind == "local" and inside:
                return step.uses.place, step.uses.text
            if not checkout.folder and step.uses.name is not None and tree_code.action_runs(step.uses.name):
                return step.uses.place, step.uses.text.partition("@")[0]
        elif isinstance(step, RunStep):
            found = _runs(step, checkout.folder)
            if found is not None:
                return found
    return None


def _runs(step: RunStep, folder: str) -> tuple[Place, str] | None:
    from wflint.facts import tree_code

    script = step.script
    where = step.working_directory
    if script.dialect != "bash" or (
        folder and folder not in script.text and (where is None or folder not in where.text)
    ):
        return None
    parsed = script.shell_script
    for command in parsed.commands if parsed else ():
        words = [word.text or "" for word in command.words[-len(command.arguments) - 1 :]]
        if not words:
            continue
        known = tree_code.command_runs(words)
        name = words[0]
        path = next((word for word in words[1:2] if name in _INTERPRETERS and _is_file(word)), None)
        if known is None and name.startswith("./"):
            known = name
        if known is None and path is not None:
            known = f"{name} {path}"
        if known is not None:
            return script.place_of(command.span.start, command.span.end), known
    return None


def _is_file(word: str) -> bool:
    return bool(word) and not word.startswith(("-", "/")) and ("/" in word or "." in word)
