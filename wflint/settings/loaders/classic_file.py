"""Files that hold classic branch protection: a request or an answer, alone, wrapped, or one for each branch.

People keep `{…}`, `{"branch": "main", …}`, `{"branch": "main", "protection": {…}}`, `{"main": {…}}` and lists of those.
"""

from __future__ import annotations

from collections.abc import Iterator

from wflint.model.view import flag
from wflint.settings.loaders.classic import is_protection, policy, style_of
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Notes, key_text, text_of
from wflint.settings.model import Partial
from wflint.settings.policy import RefPolicy
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar, Sequence

NAMES = ("branch", "branch_name", "pattern", "name")
WRAPPERS = ("protection", "branch_protection", "branches", "protected_branches", "rules", "branch_protections")


def find(node: Node | None, branch: Setting[str] = UNKNOWN) -> Iterator[tuple[Mapping, Setting[str]]]:
    """Yield every protection below a node, with the branch it is for where that is told."""
    if isinstance(node, Sequence):
        for item in node:
            yield from find(item, branch)
    if not isinstance(node, Mapping):
        return
    named = next((text for name in NAMES if (text := text_of(node.get(name))).known), branch)
    if is_protection(node):
        if style_of(node) == "view" and not flag(node.get("enabled")):
            return
        yield node, named if named.known else _from_url(node)
        return
    for name, value in node.items():
        if name in WRAPPERS:
            yield from find(value, named)
        elif isinstance(value, Mapping) and (is_protection(value) or _is_wrapped(value)):
            yield from find(value, key_text(value))


def _is_wrapped(node: Mapping) -> bool:
    return any(is_protection(node.get(name)) for name in WRAPPERS)


def _from_url(node: Mapping) -> Setting[str]:
    """Return the branch that an answer's own URL names: `…/branches/<branch>/protection`."""
    url = node.get("url")
    if not isinstance(url, Scalar):
        return UNKNOWN
    start = url.text.find("/branches/")
    end = url.text.rfind("/protection")
    if start < 0 or end < start + 11:
        return UNKNOWN
    return Setting(url.text[start + 10 : end], "set", url.part(start + 10, end))


def policies(root: Node, notes: Notes, source: SettingsSource) -> tuple[RefPolicy, ...]:
    """Return the protections below a node."""
    return tuple(
        policy(node, notes, source, branch, also=tuple(name for name in (*NAMES, "repository", "owner", "repo")))
        for node, branch in find(root)
    )


def load(document: Document) -> list[Partial]:
    """Read the file."""
    first = next(find(document.root), None)
    if document.root is None or first is None:
        return []
    notes = Notes()
    answer = style_of(first[0]) != "put"
    source = source_of(document, "classic-get" if answer else "classic-put", "live" if answer else "desired")
    return [partial(source, notes, policies=policies(document.root, notes, source))]
