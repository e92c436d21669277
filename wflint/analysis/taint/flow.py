"""Foreign text on its way through one file: environments, outputs of steps and jobs, matrices, run scripts.

Jobs are read in the order of `needs`, steps in theirs, each once; what would come from a later one is not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from wflint.analysis.taint.environment import Environment, Written
from wflint.analysis.taint.source import VARIABLES, Source, Sources
from wflint.analysis.taint.taint import Taint, results, worst
from wflint.expression.tree import Path, Tree
from wflint.model.action import Action
from wflint.model.expression import Expression
from wflint.model.job import Job
from wflint.model.script import Script
from wflint.model.step import Step, UsesStep
from wflint.model.workflow import Workflow
from wflint.source.node import Place
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.analysis.taint.naming import Entry
    from wflint.shell import Flow
    from wflint.source.document import Document

_KEY = "taint"
_SINKS = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "set-output", "set-env", "add-path")
_BEFORE = -1
"""The position of what holds before all steps."""
_KINDS = ("env", "output", "path")

Key = TypeVar("Key")


class TaintFlow(NamedTuple):
    """Foreign text that a script writes to one of the runner's files."""

    flow: Flow
    taint: Taint
    """As it is read in the script."""
    script: Script
    entry: Entry
    """What it is written as."""


class Taints:
    """Where foreign text is in one workflow or composite action."""

    def __init__(self, owner: Workflow | Action) -> None:
        self.sources = Sources(owner)
        self._env: dict[int, Environment] = {}
        self._flows: dict[int, list[TaintFlow]] = {}
        self._outputs: dict[tuple[int, str, str], Taint] = {}
        self._results: dict[tuple[str, str], Taint] = {}
        self._axes: dict[int, dict[str, Taint]] = {}
        if isinstance(owner, Action):
            self._follow(owner, owner.steps, Written())
            return
        base = self._assigned(each for each in owner.expressions if each.key == "env.*")
        for job in _in_order(owner):
            written = Written()
            for name, taint in base.items():
                if name not in job.env:
                    written.add(name, taint, _BEFORE)
            # The variables of a job are made of those of its workflow.
            self._env[id(job)] = Environment(_holding(base), 0)
            own = (each for each in job.expressions if each.key in ("jobs.*.env.*", "jobs.*.container.env.*"))
            for name, taint in self._assigned(own).items():
                written.add(name, taint, _BEFORE)
            self._env[id(job)] = Environment(written, 0)
            self._follow(job, job.steps, written)
            for each in job.expressions:
                if each.key == "jobs.*.outputs.*" and (found := worst(self.carried(each))) is not None:
                    _keep(self._results, (job.id.lower(), str(each.scalar.key).lower()), found)

    @classmethod
    def of(cls, document: Document, owner: Workflow | Action) -> Taints:
        """Return those of a document; they are found once."""
        found = document.derived.get(_KEY)
        if not isinstance(found, Taints):
            document.derived[_KEY] = found = cls(owner)
        return found

    def carried(self, expression: Expression, tree: Tree | None = None) -> list[Taint]:
        """Return the foreign texts in an expression's value, or in that of a part of its tree, the worst first."""
        whole = tree if tree is not None else expression.tree
        if whole is None or not expression.reads:
            return []
        found: list[Taint] = []
        for access, route, deep in results(whole):
            place = expression.place_of(access.span)
            source = self.sources.find(route, deep)
            if source is not None:
                found.append(_read(expression.text[slice(*access.span)], source, place))
            elif (known := self._known(route, expression)) is not None:
                found.append(known.moved(place, ".".join(route)))
        return sorted(found, key=lambda taint: taint.danger)

    def env(self, step: Step) -> Environment:
        """Return the variables of a step that hold foreign text."""
        return self._env.get(id(step), Environment(Written(), 0))

    def flows(self, script: Script) -> list[TaintFlow]:
        """Return the foreign texts that a script writes to the runner's files; none for other languages than shells."""
        return self._flows.get(id(script), [])

    def _known(self, route: Path, expression: Expression) -> Taint | None:
        """Return what a context holds that this file fills."""
        if len(route) < 2:
            return None
        job = expression.job
        if route[0] == "env" and len(route) == 2:
            held = self._env.get(id(expression.owner))
            return held.find(route[1]) if held is not None else None
        if route[0] == "steps" and len(route) == 4 and route[2] == "outputs":
            return self._output(expression, route[1], route[3])
        if route[0] == "needs" and len(route) == 4 and route[2] == "outputs":
            return self._results.get((route[1], route[3]))
        if route[0] == "matrix" and job is not None and not expression.key.startswith("jobs.*.strategy"):
            return self._axis(job, route[1])
        return None

    def _output(self, expression: Expression, id_: str, name: str) -> Taint | None:
        owner = expression.job or expression.action
        step = owner.step(id_) if owner is not None else None
        if owner is None or step is None:
            return None
        if not isinstance(step, UsesStep):
            return self._outputs.get((id(owner), id_, name))
        if step.uses.name is None:
            return None
        from wflint.facts import events, untrusted

        grade = untrusted.action_output(step.uses.name, name)
        if grade not in ("free", "ref"):
            return None
        fired = self.sources.events
        known = [events.event(each) for each in fired or ()]
        stranger = fired is None or any(each is not None and each.fired_by_outsiders for each in known)
        source = Source(grade, "outsider" if stranger else "writer", fired, multiline=grade == "free")
        taint = _read(f"steps.{step.id}.outputs.{name}", source, step.uses.place)
        return taint._replace(sure=not _escapes(step))

    def _axis(self, job: Job, name: str) -> Taint | None:
        axes = self._axes.get(id(job))
        if axes is None:
            axes = self._axes[id(job)] = {}
            for each in job.expressions:
                axis = _axis_of(each)
                taint = worst(self.carried(each)) if axis is not None else None
                if axis is not None and taint is not None:
                    _keep(axes, axis, taint)
        return worst([axes[each] for each in ("*", name) if each in axes])

    def _assigned(self, expressions: Iterable[Expression]) -> dict[str, Taint]:
        found: dict[str, Taint] = {}
        for expression in expressions:
            taint = worst(self.carried(expression))
            if taint is not None:
                _keep(found, str(expression.scalar.key), taint)
        return found

    def _follow(self, owner: Job | Action, steps: Iterable[Step], written: Written) -> None:
        for step in steps:
            # The variables of a step are made of those of its job.
            self._env[id(step)] = Environment(written, step.position)
            own = self._assigned(each for each in step.expressions if each.key.endswith("steps[].env.*"))
            self._env[id(step)] = env = Environment(written, step.position, step.env, own)
            for script in step.scripts:
                found = self._flows[id(script)] = list(self._write(script, env))
                for each in found:
                    if each.entry.name is None:
                        continue
                    # Without a delimiter the value ends with its line.
                    handed = each.taint if each.entry.delimiter is not None else each.taint._replace(multiline=False)
                    if each.flow.kind == "env":
                        written.add(each.entry.name, handed, step.position)
                    elif each.flow.kind == "output" and step.id is not None:
                        _keep(self._outputs, (id(owner), step.id.lower(), each.entry.name.lower()), handed)

    def _write(self, script: Script, env: Environment) -> Iterator[TaintFlow]:
        text = script.text
        if script.dialect != "bash" or not any(sink in text for sink in _SINKS):
            return
        given: dict[str, Taint] = {}
        for name, route in VARIABLES.items():
            source = self.sources.find(route, whole=False) if name in text else None
            if source is not None and name not in script.step.env and env.get(name) is None:
                given[name] = _read(name, source, script.node.place)
        pasted: dict[Span, Taint] = {}
        for expression in script.expressions:
            taint = worst(self.carried(expression))
            if taint is not None:
                pasted[expression.span] = taint
        if not (given or pasted or env) or script.shell_script is None:
            return
        from wflint.analysis.taint.naming import entry
        from wflint.shell import flows_of

        def holds(variable: str) -> bool:
            return variable in given or env.get(variable) is not None

        for flow in flows_of(script.shell_script, holds, pasted.__contains__).flows:
            if flow.kind not in _KINDS:
                continue
            read = flow.source
            held = (given.get(read) or env.get(read)) if read is not None else _first(pasted, flow.spans)
            if held is None:
                continue
            place = script.place_of(*(flow.spans[-2] if len(flow.spans) > 1 else flow.spans[-1]))
            if read is not None:
                held = held._replace(place=place) if read in given else held.moved(place, read)
            written = entry(flow, script.shell_script)
            yield TaintFlow(flow, held._replace(sure=held.sure and not flow.transformed), script, written)


def carried(expression: Expression, tree: Tree | None = None) -> list[Taint]:
    """Return the foreign texts in an expression's value, or in that of a part of its tree, the worst first."""
    found = _taints(expression.step or expression.job or expression.workflow or expression.action)
    return found.carried(expression, tree) if found is not None else []


def flows(script: Script) -> list[TaintFlow]:
    """Return the foreign texts that a script writes to GITHUB_ENV, GITHUB_PATH and GITHUB_OUTPUT."""
    found = _taints(script.step)
    return found.flows(script) if found is not None else []


def _taints(owner: Step | Job | Workflow | Action | None) -> Taints | None:
    if isinstance(owner, Step):
        owner = owner.workflow or owner.action
    elif isinstance(owner, Job):
        owner = owner.workflow
    return Taints.of(owner.document, owner) if owner is not None else None


def _read(name: str, source: Source, place: Place) -> Taint:
    return Taint(name, source.grade, source.by, source.events, source.multiline, place)


def _keep(found: dict[Key, Taint], key: Key, taint: Taint) -> None:
    """Keep a taint unless a worse one is there: one for each name, or the ways would multiply."""
    if key not in found or taint.danger < found[key].danger:
        found[key] = taint


def _escapes(step: UsesStep) -> bool:
    """Tell whether an action escapes the file names that it gives: enough for some places in a script, not for all."""
    from wflint.facts.version import parse

    if step.uses.name == "dorny/paths-filter":
        style = step.input("list-files")
        return style is not None and style.text in ("shell", "escape")
    version = parse(step.uses.version or "")
    asked = step.input("safe_output")
    return (
        step.uses.name == "tj-actions/changed-files"
        and (version is None or version.major >= 41)
        and (asked is None or asked.text != "false")
    )


def _first(pasted: dict[Span, Taint], spans: Iterable[Span]) -> Taint | None:
    return next((pasted[span] for span in spans if span in pasted), None)


def _axis_of(expression: Expression) -> str | None:
    """Return the axis of a matrix to which an expression gives a value, `*` for any; None where it gives none."""
    if not expression.key.startswith("jobs.*.strategy.matrix"):
        return None
    path = [str(step).lower() for step in expression.scalar.path[4:]]
    if path[:1] == ["include"]:
        path = path[2:]
    return path[0] if path else "*"


def _holding(taints: dict[str, Taint]) -> Written:
    written = Written()
    for name, taint in taints.items():
        written.add(name, taint, _BEFORE)
    return written


def _in_order(workflow: Workflow) -> list[Job]:
    """Return the jobs, each behind those it needs; as they stand where they need each other."""
    graph = {job.id: [needed.id for needed in job.needed] for job in workflow.jobs.values()}
    try:
        return [workflow.jobs[id_] for id_ in TopologicalSorter(graph).static_order()]
    except CycleError:
        return list(workflow.jobs.values())
