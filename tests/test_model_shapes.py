"""Whatever shape a file has, reading the model of it raises nothing."""

import inspect
import json
from functools import cached_property
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wflint.analysis.repository import Repository
from wflint.model import index
from wflint.model.codeowners import CodeownersEntry, Owner
from wflint.model.expression import Expression
from wflint.model.matrix import Combination
from wflint.model.view import View
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse

WORDS = [
    *("on", "jobs", "a", "b", "steps", "run", "uses", "with", "env", "if", "needs", "strategy", "matrix", "include"),
    *("exclude", "runs-on", "labels", "container", "services", "image", "permissions", "concurrency", "group", "name"),
    *("environment", "secrets", "defaults", "shell", "parallel", "wait", "schedule", "cron", "inputs", "outputs"),
    *("workflow_call", "push", "branches", "paths", "runs", "using", "updates", "repos", "hooks", "rev", "credentials"),
]
TEXTS = [
    "${{ a.b }}",
    "${{ matrix.a }}",
    "${{",
    "a/b@v1",
    "./x",
    "$/x",
    "docker://x:1@y",
    "write-all",
    "inherit",
    "composite",
    "",
    " ",
    "@",
]
values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([*TEXTS, *WORDS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=40,
)
jobs = st.dictionaries(st.sampled_from("ab"), values | st.dictionaries(st.sampled_from(WORDS), values))
files = values | st.fixed_dictionaries({"on": values, "jobs": jobs})
VIEWS = (View, Expression, Repository, Combination, CodeownersEntry, Owner)
METHODS = ("level", "input", "values_of", "get", "step", "job", "runs_for_branch", "runs_for_tag", "has")


def touch(thing: Any, seen: dict[int, Any]) -> None:
    """Read every attribute of a view and of the views that it leads to."""
    if isinstance(thing, dict):
        thing = [*thing.values()]
    if isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            touch(each, seen)
        return
    if not isinstance(thing, VIEWS) or id(thing) in seen:
        return
    seen[id(thing)] = thing
    repr(thing)
    for name in dir(type(thing)):
        if isinstance(getattr(type(thing), name), property | cached_property):
            touch(getattr(thing, name), seen)
    for name in METHODS:
        method = getattr(thing, name, None)
        if inspect.ismethod(method):
            method("a")
            method("${{")


@settings(max_examples=150, deadline=None)
@given(files, st.sampled_from(["workflow", "action", "dependabot", "pre-commit", "codeowners", "file"]))
def test_no_shape_raises(value: Any, kind: Kind) -> None:
    document = parse(Source("x/action.yml", kind, json.dumps(value)))
    seen: dict[int, Any] = {}
    for type_ in index.TYPES:
        touch(index.targets(document, type_), seen)
    touch(Repository([document]), seen)
    for thing in list(seen.values()):
        if (place := getattr(thing, "place", None)) is not None:
            assert 0 <= place.span.start <= place.span.end <= len(document.text)
