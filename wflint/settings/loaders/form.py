"""Branch protection in the words of GitHub's settings page, as documents list it: `Require status checks: [test]`.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/managing-a-branch-protection-rule
What such a list does not speak of is unknown, and so is the branch.
"""

from __future__ import annotations

from wflint.settings.loaders.classic import about
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Notes, set_at, text_items
from wflint.settings.model import Partial
from wflint.settings.policy import RefPolicy
from wflint.settings.rules import PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar, Sequence

_REVIEWS = ("require pull request review", "require a pull request", "require pull requests")
_APPROVALS = "require approvals"
_CHECKS = "require status checks"
_STRICT = "require branches to be up to date"
_OFF = frozenset({"false", "no", "off", "none", "0", "-", "✗", "✘", "❌"})


def is_form(root: Node | None) -> bool:
    """Tell whether a mapping's keys are labels of the page."""
    return isinstance(root, Mapping) and _find(root, _CHECKS, *_REVIEWS) is not None


def load(document: Document) -> list[Partial]:
    """Read a mapping whose keys are labels of the page."""
    root = document.root
    if not isinstance(root, Mapping):
        return []
    notes = Notes()
    source = source_of(document, "form", "desired")
    policy = RefPolicy(
        kind="classic",
        place=root.head,
        node=root,
        source=source,
        **about(UNKNOWN, root.head),
        pull_request=_reviews(root),
        status_checks=_checks(root, notes),
        signatures=_flag(root, "require signed commits"),
        linear_history=_flag(root, "require linear history"),
        thread_resolution=_flag(root, "require conversation resolution"),
    )
    return [partial(source, notes, policies=(policy,))]


def _find(root: Mapping, *labels: str) -> Node | None:
    """Return what stands under a label: keys are compared by how they begin, without regard to case."""
    return next((node for key, node in root.entries.items() if key.strip().lower().startswith(labels)), None)


def _flag(root: Mapping, label: str) -> Setting[bool]:
    node = _find(root, label)
    if not isinstance(node, Scalar):
        return UNKNOWN
    return set_at(node, node.text.strip().lower() not in _OFF)


def _reviews(root: Mapping) -> Setting[PullRequestRule]:
    node = _find(root, *_REVIEWS)
    if node is None:
        return UNKNOWN
    if isinstance(node, Scalar) and node.text.strip().lower() in _OFF:
        return Setting(None, "set", node.place)
    approvals = _find(root, _APPROVALS) or node
    return set_at(node, PullRequestRule(node.head, approvals=_number(approvals)))


def _number(node: Node) -> Setting[int]:
    """Return the number with which a text begins: `1 approval`."""
    word = node.text.split(" ", 1)[0] if isinstance(node, Scalar) else ""
    return set_at(node, int(word)) if word.isascii() and word.isdigit() and len(word) < 3 else UNKNOWN


def _checks(root: Mapping, notes: Notes) -> Setting[StatusCheckRule]:
    node = _find(root, _CHECKS)
    if not isinstance(node, Sequence):
        return UNKNOWN
    checks = tuple(RequiredCheck(context) for context in text_items(node, notes))
    rule = StatusCheckRule(node.head, strict=_flag(root, _STRICT), checks=Setting(checks, "set", node.head))
    return set_at(node, rule)
