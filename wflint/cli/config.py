"""A repository's own policy: its configuration and its baseline, from the work tree or from a trusted revision."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from wflint.errors import PolicyError
from wflint.policy import baseline
from wflint.policy.load import Packs, load
from wflint.policy.policy import Policy
from wflint.readers.file import find
from wflint.source.source import Source

CONFIGS = ("wflint.yml", ".github/wflint.yml", "pyproject.toml")
"""Where a repository keeps its own policy; `pyproject.toml` counts when it has a table `tool.wflint`."""

Tree = Callable[[str], Source | None]
"""Gives a file by its name, or None when there is none."""


def work_tree(root: Path) -> Tree:
    """Return the files of a checkout as they are."""
    return lambda name: find(root, name, "file")


_MANY_DOTS = re.compile(
    r"""(?<![\w.-])(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')){20}"""
)


def own_policy(tree: Tree, packs: Packs, default: Sequence[str], use_baseline: bool = True) -> Policy | None:
    """Return the repository's own policy with its baseline, or None when it has neither.

    `default` is what a configuration without `extends` stands on. Raises PolicyError for a file that is no policy, and
    when there are two configurations.
    """
    found = [source for name in CONFIGS if (source := _config(tree, name)) is not None]
    if len(found) > 1:
        names = " and ".join(f"`{source.name}`" for source in found)
        raise PolicyError(
            f"the repository has two configurations, {names}", path=found[1].name, hint="keep one of them"
        )
    chosen = _load(found[0], tree, packs, default) if found else None
    accepted = _readable(tree(baseline.NAME)) if use_baseline else None
    if accepted is None:
        return chosen
    waivers = load(accepted, packs, lambda _: None)
    if waivers.rules or waivers.overrides:
        raise PolicyError(
            "a baseline holds waivers and nothing else", path=baseline.NAME, hint="rules go to wflint.yml"
        )
    stands_on = (
        chosen if chosen is not None else load(Source("", "file", ""), packs, lambda _: None, default_extends=default)
    )
    return waivers.over(stands_on)


def _load(source: Source, tree: Tree, packs: Packs, default: Sequence[str]) -> Policy:
    def extended(name: str) -> str | None:
        other = _readable(tree(name.removeprefix("./")))
        return None if other is None else other.text

    return load(source, packs, extended, default_extends=default)


def _config(tree: Tree, name: str) -> Source | None:
    source = _readable(tree(name))
    if source is None or name != "pyproject.toml":
        return source
    if "wflint" not in source.text:
        return None
    if _MANY_DOTS.search(source.text):
        # Python's reader needs memory by the square of a key's parts.
        raise PolicyError("a key has too many parts", path=name)
    import json
    import tomllib

    try:
        tools = tomllib.loads(source.text).get("tool")
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"this is no TOML: {wrong}", path=name) from None
    except RecursionError:
        raise PolicyError("this is nested too deeply", path=name) from None
    table = tools.get("wflint") if isinstance(tools, dict) else None
    return None if table is None else source._replace(text=json.dumps(table, default=str))


def _readable(source: Source | None) -> Source | None:
    if source is not None and source.problem is not None:
        raise PolicyError(source.problem.message, path=source.name, hint=source.problem.hint)
    return source
