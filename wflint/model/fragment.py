"""Workflows, and parts of them, that stand in the code blocks of a Markdown file.

Every block becomes a document of its own, whose places are those of the Markdown file. A part of a workflow gets the
keys around it that it lacks, so that the views of a workflow fit; `Document.fragment` says that they were not written.
"""

from __future__ import annotations

from collections.abc import Iterator

from wflint.source import markdown, yaml
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar, Sequence
from wflint.source.source import Fragment, Kind, Source
from wflint.source.span import Span

LANGUAGES = ("yaml", "yml", "json")
_JOB = ("runs-on", "steps")
_STEP = ("uses", "run")
_SETTINGS = (
    "required_status_checks",
    "required_pull_request_reviews",
    "enforce_admins",
    "allow_force_pushes",
    "branch-protection",
)
_LABELS = ("require status checks", "require pull request", "require a pull request")
"""How the labels of GitHub's page for branch protection begin, in lower case."""


def documents(source: Source) -> Iterator[Document]:
    """Yield the documents in a Markdown file's blocks. What is no YAML that wflint knows is passed over.

    Jobs that stand alone in several blocks are those of one workflow, told job by job.
    """
    jobs: list[Span] = []
    for block in markdown.blocks(source.text):
        if block.language in LANGUAGES:
            text = markdown.alone(source.text, block.span)
            found = _classify(yaml.parse(Source(source.name, "file", text)).root, text)
            if found == ("workflow", "job map"):
                jobs.append(block.span)
            elif found is not None:
                yield _read(source, found, block.span)
    yield from _workflow(source, jobs)


def _workflow(source: Source, spans: list[Span]) -> Iterator[Document]:
    """Yield the jobs of several blocks as one workflow; one by one where they do not fit together."""
    alone = [_read(source, ("workflow", "job map"), span) for span in spans]
    if len(alone) < 2:
        yield from alone
        return
    whole = _read(source, ("workflow", "job map"), *spans)
    # A block that is indented further would be taken for a part of the job before it.
    fits = not whole.problems and _jobs(whole) == sum(map(_jobs, alone))
    yield from [whole] if fits else alone


def _jobs(document: Document) -> int:
    jobs = document.root.get("jobs") if document.root is not None else None
    return len(jobs) if isinstance(jobs, Mapping) else 0


def _read(source: Source, found: tuple[Kind, Fragment | None], *spans: Span) -> Document:
    kind, fragment = found
    document = yaml.parse(Source(source.name, kind, markdown.alone(source.text, *spans), fragment=fragment))
    _complete(document, fragment)
    return document


def _classify(root: Node | None, text: str) -> tuple[Kind, Fragment | None] | None:
    """Return what a block is; None when it is nothing that wflint knows."""
    if isinstance(root, Sequence):
        steps = [item for item in root if isinstance(item, Mapping) and any(key in item for key in _STEP)]
        return ("workflow", "steps") if steps and len(steps) * 2 > len(root) else None
    if not isinstance(root, Mapping):
        # It cannot be read: say so only if it is surely meant to be a workflow.
        return ("workflow", None) if root is None and "\njobs:" in text and "\non:" in text else None
    if "jobs" in root or "on" in root:
        return "workflow", None if "jobs" in root and "on" in root else "jobs" if "jobs" in root else "head"
    if "runs" in root and isinstance(root.get("runs"), Mapping):
        return "action", None
    if "updates" in root and "version" in root:
        return "dependabot", None
    if isinstance(repos := root.get("repos"), Sequence) and any(item.get("repo") for item in repos):
        return "pre-commit", None
    if _is_settings(root):
        return "settings", None
    if all(key in root for key in _JOB):
        return "workflow", "job"
    jobs = [item for item in root.entries.values() if item.get("steps") or item.get("runs-on")]
    return ("workflow", "job map") if jobs and len(jobs) == len(root) else None


def _is_settings(root: Mapping) -> bool:
    branches = root.get("branches")
    return (
        any(key in _SETTINGS or key.lower().startswith(_LABELS) for key in root.entries)
        or ("rules" in root and ("enforcement" in root or "conditions" in root))
        or (root.at("github", "protected_branches") is not None)
        or (isinstance(branches, Sequence) and any(item.get("protection") is not None for item in branches))
    )


def _complete(document: Document, fragment: Fragment | None) -> None:
    """Put the keys around a part of a workflow that it lacks."""
    route = {"job map": ("jobs",), "job": ("jobs", "job"), "steps": ("jobs", "job", "steps")}.get(fragment or "", ())
    node = document.root
    for key in reversed(route):
        if node is not None:
            node = _around(document, key, node)
    document.root = node


def _around(document: Document, key: str, node: Node) -> Mapping:
    whole = Mapping(document, node.start, node.end)
    word = Scalar(document, node.start, node.start, key, "plain")
    whole.keys[key], whole.entries[key] = word, node
    word.parent = node.parent = whole
    word.key = node.key = key
    whole.size = node.size + 2
    return whole
