"""Where the secrets of a job are, from step to step, and what its scripts do with them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from wflint.analysis.secrets import Known, Secret, carried
from wflint.expression.tree import Path
from wflint.model.expression import Expression
from wflint.model.job import Job
from wflint.model.script import Script
from wflint.model.step import Step, UsesStep
from wflint.source.node import Place
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.shell import Flow

_KEY = "secrets"
Environment: TypeAlias = ChainMap[str, Secret | None]
"""Variables; None is one that holds no secret and hides one that does."""


class SecretFlow(NamedTuple):
    """A secret that reaches a sink in a script."""

    flow: Flow
    secret: Secret
    script: Script

    @property
    def transformed(self) -> bool:
        """Whether the runner's masking misses it: changed on its way, and not given to `::add-mask::`."""
        return (self.secret.transformed or self.flow.transformed) and not self.flow.masked

    @property
    def place(self) -> Place:
        """Where the value is read that ends in the sink; for a dump, its pipeline."""
        spans, pipeline = self.flow.spans, self.flow.command.pipeline
        if self.flow.kind == "dump" and pipeline is not None:
            return self.script.place_of(*pipeline.span)
        return self.script.place_of(*(spans[-2] if len(spans) > 1 else spans[-1]))

    @property
    def way(self) -> list[tuple[Place, str]]:
        """Where the secret comes from and what handed it on, with what to say of each."""
        pasted = self.flow.source is None and self.flow.kind != "dump"
        found = [] if pasted else [(self.secret.place, f"`{self.secret.name}` comes from here")]
        # Reads and the commands that hand on take turns; the last two are this place and the sink.
        return found + [(self.script.place_of(*span), "and is handed on here") for span in self.flow.spans[1:-2:2]]


def masked(scripts: Iterable[Script]) -> set[str]:
    """Return the `${{ … }}`, as written, that scripts hand to `::add-mask::`."""
    found: set[str] = set()
    for script in scripts:
        parsed = script.shell_script if script.expressions and "::add-mask::" in script.text else None
        for command in parsed.commands if parsed is not None else ():
            for word in command.words:
                if word.shape.startswith("::add-mask::"):
                    found.update(script.text[each.span.start : each.span.end] for each in word.expressions)
    return found


class Holders:
    """Where the secrets of one job or composite action are, from step to step."""

    def __init__(self, steps: Iterable[Step], outer: Environment) -> None:
        self._env: dict[int, Environment] = {}
        self._flows: dict[int, list[SecretFlow]] = {}
        self._outputs: dict[tuple[str, str], Secret] = {}
        self._tokens: dict[str, Place] = {}
        written: dict[str, Secret | None] = {}
        for step in steps:
            before = ChainMap(written, *outer.maps)
            own = _assigned(step.env, step.expressions, "env.*", self._known(before))
            env = self._env[id(step)] = before.new_child(own)
            for script in step.scripts:
                flows = self._flows[id(script)] = list(self._follow(script, env))
                for one in flows:
                    written = self._hand_on(one, step, written)
            if isinstance(step, UsesStep) and step.id is not None and _makes_token(step):
                self._tokens[step.id.lower()] = step.uses.place

    @classmethod
    def of(cls, step: Step) -> Holders:
        """Return those of a step's job or action; they are found once."""
        owner = step.job if step.job is not None else step.action
        # Views live as long as their document, so that an id is never given twice.
        cache: Any = step.document.derived.setdefault(_KEY, {})
        if id(owner) not in cache:
            cache[id(owner)] = cls(step.siblings, _inherited(step.job, cache) if step.job is not None else ChainMap())
        found: Holders = cache[id(owner)]
        return found

    def env(self, step: Step) -> dict[str, Secret]:
        """Return the variables of a step that hold secrets: the workflow's, the job's, its own, written before it."""
        return {name: secret for name, secret in self._env.get(id(step), {}).items() if secret is not None}

    def flows(self, script: Script) -> list[SecretFlow]:
        """Return what a script does with the secrets it has; empty for languages other than the shell's."""
        return self._flows.get(id(script), [])

    def carried(self, expression: Expression) -> list[Secret]:
        """Return the secrets in an expression's value, those in `env` and in outputs of earlier steps among them."""
        return carried(expression, self._known(self._env.get(id(expression.step), ChainMap())))

    def _known(self, env: Environment) -> Known:
        in_env = _known_in(env)

        def known(route: Path) -> Secret | None:
            if len(route) != 4 or route[0] != "steps" or route[2] != "outputs":
                return in_env(route)
            if route[1] in self._tokens and _names_token(route[3]):
                return Secret(".".join(route), self._tokens[route[1]])
            return self._outputs.get((route[1], route[3]))

        return known

    def _follow(self, script: Script, env: Environment) -> Iterator[SecretFlow]:
        known = self._known(env)
        pasted: dict[Span, Secret] = {}
        for expression in script.expressions:
            for carried_here in carried(expression, known):
                pasted.setdefault(expression.span, carried_here)
        first = next((held for layer in env.maps for name in layer if (held := env[name]) is not None), None)
        if (first is None and not pasted) or script.shell_script is None:
            return
        from wflint.shell import flows_of

        secret: Secret | None
        for flow in flows_of(script.shell_script, lambda name: env.get(name) is not None, pasted.__contains__).flows:
            if flow.kind == "dump":
                secret = first
            elif flow.source is not None:
                secret = env.get(flow.source)
            else:
                secret = next((pasted[span] for span in flow.spans if span in pasted), None)
            if secret is not None:
                yield SecretFlow(flow, secret, script)

    def _hand_on(self, one: SecretFlow, step: Step, written: dict[str, Secret | None]) -> dict[str, Secret | None]:
        """Note what later steps get through outputs; return what was written for them to GITHUB_ENV so far."""
        if one.flow.kind not in ("env", "output"):
            return written
        for word in one.flow.command.arguments:
            name, equals, _ = word.shape.partition("=")
            if equals and name.replace("-", "_").isidentifier():
                held = Secret(one.secret.name, one.place, one.transformed)
                if one.flow.kind == "env":
                    # Earlier steps keep the old one.
                    written = {**written, name: held}
                elif step.id is not None:
                    self._outputs[step.id.lower(), name.lower()] = held
        return written


def _inherited(job: Job, cache: dict[Any, Any]) -> Environment:
    workflow = job.workflow
    if id(workflow) not in cache:
        cache[id(workflow)] = _assigned(workflow.env, workflow.expressions, "env.*", lambda route: None)
    env: Environment = ChainMap(cache[id(workflow)])
    container = job.container.env if job.container is not None else {}
    env = env.new_child(_assigned(container, job.expressions, "container.env.*", _known_in(env)))
    return env.new_child(_assigned(job.env, job.expressions, "jobs.*.env.*", _known_in(env)))


def _assigned(
    names: Iterable[str], expressions: Iterable[Expression], key: str, known: Known
) -> dict[str, Secret | None]:
    """Return what an `env` sets: to a secret, or None to something else, which hides what was set further out."""
    found: dict[str, Secret | None] = dict.fromkeys(names)
    for expression in expressions:
        if expression.key.endswith(key):
            name = str(expression.scalar.key)
            if found.get(name) is None and (held := carried(expression, known)):
                found[name] = held[0]
    return found


def _known_in(env: Environment) -> Known:
    def known(route: Path) -> Secret | None:
        if len(route) != 2 or route[0] != "env":
            return None
        # Paths are in lower case, and so is hardly any variable.
        return env.get(route[1].upper()) or env.get(route[1])

    return known


def _makes_token(step: UsesStep) -> bool:
    from wflint.facts.credentials import credential

    known = credential(step.uses.name) if step.uses.name else None
    return known is not None and known.kind == "token"


def _names_token(output: str) -> bool:
    return "token" in output or "key" in output
