"""How a repository ships, as a graph: what starts its workflows, their jobs, and what these wait for and lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from wflint.model.view import text

if TYPE_CHECKING:
    from wflint.analysis.checks.required import RequiredContext
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job
    from wflint.model.trigger import Trigger
    from wflint.model.workflow import Workflow
    from wflint.settings.sections import EnvironmentSettings

NodeKind = Literal["events", "job", "environment", "check"]
EdgeKind = Literal["starts", "needs", "calls", "follows", "deploys", "reports"]
"""Events start jobs; a job needs another (from the needed one), calls a workflow (to its events), deploys to an
environment and reports a required check; a workflow's events follow another workflow (from its events)."""


class Node(NamedTuple):
    """Something that is drawn: its title, and what else there is to say of it, line by line."""

    id: str
    kind: NodeKind
    title: str
    details: tuple[str, ...] = ()
    job: Job | None = None
    is_open: bool = False
    """Whether it lacks what it should have: a check that no job reports, an environment that nothing protects."""


class Edge(NamedTuple):
    """A directed link between two nodes, by their ids."""

    source: str
    target: str
    kind: EdgeKind


class Group(NamedTuple):
    """A workflow with its nodes, the events first."""

    id: str
    workflow: Workflow
    nodes: tuple[Node, ...]

    @property
    def title(self) -> str:
        """The workflow's name, else its file's."""
        return self.workflow.name or self.workflow.path.rpartition("/")[2]

    @property
    def events(self) -> Node:
        return self.nodes[0]

    @property
    def jobs(self) -> tuple[Node, ...]:
        return self.nodes[1:]


class Graph(NamedTuple):
    """Workflows, and what they share. Ids are letters and digits, and the same for the same files."""

    groups: tuple[Group, ...]
    environments: tuple[Node, ...]
    checks: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def nodes(self) -> Iterator[Node]:
        """Every node, in order."""
        for group in self.groups:
            yield from group.nodes
        yield from self.environments
        yield from self.checks


def graph(repository: Repository) -> Graph:
    """Return the graph of a repository. Required checks and the protection of environments need its settings."""
    groups = tuple(_group(f"w{number}", workflow) for number, workflow in enumerate(repository.workflows, 1))
    ids = {id(node.job): node.id for group in groups for node in group.jobs}
    by_place = {(group.workflow.path, node.job.id): node.id for group in groups for node in group.jobs if node.job}
    events = {group.workflow.path: group.events.id for group in groups}
    edges: list[Edge] = []
    for group in groups:
        edges += _inside(group, ids)
        edges += _across(group, groups, events, repository)
    environments, deploys = _environments(groups, repository)
    checks, reports = _checks(repository, by_place)
    return Graph(groups, environments, checks, tuple(dict.fromkeys((*edges, *deploys, *reports))))


def _group(id: str, workflow: Workflow) -> Group:
    events = Node(f"{id}e", "events", "on", tuple(_event(each) for each in workflow.triggers.values()))
    jobs = (
        Node(f"{id}j{number}", "job", job.title, tuple(_details(job)), job)
        for number, job in enumerate(workflow.jobs.values(), 1)
    )
    return Group(id, workflow, (events, *jobs))


def _event(trigger: Trigger) -> str:
    """Return an event with what narrows it: `push (main, paths)`."""
    narrow = [node.text for node in (*trigger.branches, *trigger.tags)]
    narrow += [f"not {node.text}" for node in (*trigger.branches_ignore, *trigger.tags_ignore)]
    narrow += [node.text for node in (*trigger.workflows, *trigger.types)]
    narrow += [cron.text for each in trigger.schedules if (cron := each.cron) is not None]
    narrow += ["paths"] if trigger.has("paths") or trigger.has("paths-ignore") else []
    return f"{trigger.event} ({', '.join(narrow)})" if narrow else trigger.event


def _details(job: Job) -> Iterator[str]:
    found = job.matrix.combinations if job.matrix is not None else None
    matrix = "" if job.matrix is None else f"matrix of {len(found)}" if found is not None else "matrix"
    known = [job.id if job.name not in (None, job.id) else "", matrix]
    if any(known):
        yield " · ".join(filter(None, known))
    if (condition := text(job.node.get("if"))) is not None:
        yield f"if {_bare(condition)}"
    if job.uses is not None:
        file = (job.uses.path or "").rpartition("/")[2] if job.uses.kind in ("local", "self") else ""
        yield f"calls {file or job.uses}"


def _bare(condition: str) -> str:
    """Return a condition on one line, without the `${{ }}` that it needs not."""
    words = " ".join(condition.split())
    whole = words.startswith("${{") and words.endswith("}}") and words.count("${{") == 1
    return words[3:-2].strip() if whole else words


def _inside(group: Group, ids: dict[int, str]) -> Iterator[Edge]:
    for node in group.jobs:
        assert node.job is not None  # noqa: S101 - every node of a job has it
        if not node.job.needed:
            yield Edge(group.events.id, node.id, "starts")
        for needed in node.job.needed:
            yield Edge(ids[id(needed)], node.id, "needs")


def _across(group: Group, groups: tuple[Group, ...], events: dict[str, str], repository: Repository) -> Iterator[Edge]:
    for node in group.jobs:
        if node.job is not None and node.job.uses is not None:
            called = repository.local_workflow(node.job.uses)
            if called is not None and called.path in events:
                yield Edge(node.id, events[called.path], "calls")
    after = group.workflow.triggers.get("workflow_run")
    names = {node.text for node in after.workflows} if after is not None else set()
    for other in groups:
        if other.workflow.title in names:
            yield Edge(other.events.id, group.events.id, "follows")


def _environments(groups: tuple[Group, ...], repository: Repository) -> tuple[tuple[Node, ...], list[Edge]]:
    users: dict[str, tuple[str, list[str]]] = {}
    for group in groups:
        for node in group.jobs:
            named = node.job.environment.name if node.job is not None and node.job.environment is not None else None
            if named is not None:
                users.setdefault(named.text.lower(), (named.text, []))[1].append(node.id)
    nodes: list[Node] = []
    edges: list[Edge] = []
    for number, (name, jobs) in enumerate(users.values(), 1):
        told = _told(name, repository)
        nodes.append(Node(f"e{number}", "environment", name, told, is_open=told in (_NOTHING, _MISSING)))
        edges += (Edge(job, f"e{number}", "deploys") for job in jobs)
    return tuple(nodes), edges


_NOTHING = ("nothing protects it",)
_MISSING = ("it does not exist, and nothing will protect it",)


def _told(name: str, repository: Repository) -> tuple[str, ...]:
    """Return what is known of an environment's protection."""
    if "${{" in name or not repository.settings:
        return ()
    from wflint.analysis.checks.required import own_settings

    settings = own_settings(repository)
    found = settings.environment(name) if settings is not None else None
    if found is None:
        return _MISSING if settings is not None and settings.tells_all("environments") else ()
    return tuple(_protection(found)) or (_NOTHING if found.reviewers.is_off and found.refs.value == "all" else ())


def _protection(environment: EnvironmentSettings) -> Iterator[str]:
    if environment.reviewers.is_on:
        who = ", ".join(actor.title.replace("`", "") for actor in environment.reviewers.value or ())
        yield f"approved by {who}"
    if environment.wait_minutes.is_on:
        yield f"waits {environment.wait_minutes.value} minutes"
    if environment.refs.value == "protected":
        yield "protected branches only"
    if environment.refs.value == "selected":
        yield f"only {', '.join(pattern.text for pattern in environment.patterns.value or ()) or 'selected refs'}"
    if environment.custom_gates.is_on:
        yield f"{len(environment.custom_gates.value or ())} custom gates"


def _checks(repository: Repository, ids: dict[tuple[str, str], str]) -> tuple[tuple[Node, ...], list[Edge]]:
    if not repository.settings:
        return (), []
    from wflint.analysis.checks.required import RequiredContext

    nodes: list[Node] = []
    edges: list[Edge] = []
    for number, required in enumerate(RequiredContext.each(repository), 1):
        id = f"c{number}"
        found = {ids.get((job.workflow.path, job.id)) for check in required.producers for job in check.jobs[-1:]}
        elsewhere = required.is_external() or required.is_posted
        nodes.append(
            Node(id, "check", required.context, tuple(_demand(required, elsewhere)), is_open=not (found or elsewhere))
        )
        edges += (Edge(job, id, "reports") for job in sorted(filter(None, found)))
    return tuple(nodes), edges


def _demand(required: RequiredContext, elsewhere: bool) -> Iterator[str]:
    if not required.is_enforced:
        yield "not sure to be enforced"
    if not required.producers:
        yield "reported from elsewhere" if elsewhere else "no job reports it"
