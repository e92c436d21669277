"""Which values hold secrets: in expressions, in the environment of steps, in what their scripts make of it.

Sources: https://docs.github.com/actions/concepts/security/secrets and
https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from wflint.expression.error import ExpressionError
from wflint.expression.find import find
from wflint.expression.tree import Access, Call, Index, Logical, Name, Path, Property, Star, Tree, contexts, path
from wflint.model.expression import Expression
from wflint.model.job import Job
from wflint.model.script import Script
from wflint.model.step import Step, UsesStep
from wflint.source.node import Place, Scalar
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.model.repository import Repository
    from wflint.model.shell import Flow
    from wflint.model.workflow import Workflow

TOKEN = "GITHUB_TOKEN"
STORE = "*"
_KEY = "secrets"
_KEEPING = frozenset({"format", "join", "tojson"})
"""Functions whose result has their arguments' text in it, in a form that the runner masks."""


class Secret(NamedTuple):
    """A secret that a value holds."""

    name: str
    """In upper case; `GITHUB_TOKEN` for `github.token` too, `*` for all of them or one that only the run can tell;
    `steps.ID.outputs.NAME` for a token that an action made."""
    place: Place
    """Where it is read, or where it was handed on."""
    transformed: bool = False
    """Whether it is a part or a changed form, which the runner does not know and so does not mask."""


Known: TypeAlias = Callable[[Path], Secret | None]
"""Says what a path that is no secret itself holds, such as `env.TOKEN`."""
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


def name_of(path: Path) -> str | None:
    """Return the name of the secret that a path in lower case reads; None when it reads none."""
    if path[0] == "secrets":
        return STORE if len(path) == 1 or path[1] == "*" else path[1].upper()
    return TOKEN if path[:2] == ("github", "token") else None


def mentions(expression: Expression) -> list[Secret]:
    """Return every secret that an expression reads, whatever it does with it."""
    return [
        Secret(name, expression.place_of(access.span))
        for access, route in expression.reads
        if (name := name_of(route)) is not None
    ]


def carried(expression: Expression, known: Known | None = None) -> list[Secret]:
    """Return the secrets whose text is in an expression's value: those of a comparison or a condition are not.

    `known` says what other paths hold, such as `env.TOKEN`.
    """
    found = []
    for access, route, transformed in _results(expression.tree):
        name = name_of(route)
        if name is not None:
            found.append(Secret(name, expression.place_of(access.span), transformed))
        elif known is not None and (secret := known(route)) is not None:
            found.append(secret._replace(transformed=transformed or secret.transformed))
    return found


def passed(workflow: Workflow) -> frozenset[str]:
    """Return the names, in upper case, of the secrets that a workflow's callers pass; empty unless only calls start it.

    Another event gives the same name the repository's secret.
    """
    call = workflow.triggers.get("workflow_call") if workflow.is_only_reusable else None
    return frozenset(name.upper() for name in call.secrets) if call is not None else frozenset()


def used(repository: Repository) -> set[str] | None:
    """Return the names, in upper case, of all secrets that a repository's files read.

    None where nobody can tell: one is chosen when it runs, or another repository's workflow inherits them.
    """
    found: set[str] = set()
    for workflow in repository.workflows:
        found.update(secret.name for each in workflow.all_expressions for secret in mentions(each))
        for job in workflow.jobs.values():
            if job.call is not None and job.call.inherits_secrets and repository.local_workflow(job.call.uses) is None:
                return None
    for action in repository.actions:
        found.update(secret.name for each in action.all_expressions for secret in mentions(each))
    for document in repository.of_kind("dependabot"):
        for node in document.root.walk() if document.root is not None else ():
            if isinstance(node, Scalar) and "${{" in node.text:
                found.update(_names(node.text))
    return None if STORE in found else found


def _names(text: str) -> Iterator[str]:
    for embedded in find(text):
        try:
            tree = embedded.parse()
        except ExpressionError:
            continue
        yield from (name for _, route in contexts(tree) if (name := name_of(route)) is not None)


def _results(tree: Tree | None) -> Iterator[tuple[Access, Path, bool]]:
    """Yield each access that may be a part of the result, and whether it is changed before it is."""
    stack: list[tuple[Tree, bool]] = [] if tree is None else [(tree, False)]
    while stack:
        node, transformed = stack.pop()
        if isinstance(node, Name | Property | Index | Star):
            route = path(node)
            if route is not None:
                yield node, route, transformed
            elif not isinstance(node, Name):
                stack.append((node.base, True))
        elif isinstance(node, Call):
            stack += reversed([(each, transformed or node.function == "fromjson") for each in _kept(node)])
        elif isinstance(node, Logical):
            # What stands before `&&` is the result only when it is empty.
            operands = node.operands if node.operator == "||" else node.operands[-1:]
            stack += reversed([(each, transformed) for each in operands])


def _kept(call: Call) -> tuple[Tree, ...]:
    if call.function in _KEEPING or call.function == "fromjson":
        return call.arguments
    if call.function == "case":
        return (*call.arguments[1:-1:2], *call.arguments[-1:])
    return ()


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
            for held in carried(expression, known):
                pasted.setdefault(expression.span, held)
        if not (env or pasted) or script.shell_script is None:
            return
        from wflint.model.shell import flows_of

        secret: Secret | None
        for flow in flows_of(script.shell_script, lambda name: env.get(name) is not None, pasted.__contains__).flows:
            if flow.kind == "dump":
                secret = next((each for layer in env.maps for each in layer.values() if each is not None), None)
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
