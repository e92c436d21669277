"""What `format` can ask of a text in a rule's schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from wflint.model.git_ref import is_commit
from wflint.source.node import Scalar

_DIGEST = frozenset("0123456789abcdef")


def _full_commit_sha(node: Scalar) -> bool:
    return is_commit(node.text)


def _pinned_action(node: Scalar) -> bool:
    """Tell whether a `uses` names one immutable version, or a file of the repository itself."""
    from wflint.model.uses import Uses

    uses = Uses(node)
    if uses.kind == "docker":
        return uses.image is not None and _is_digest(uses.image.digest)
    return uses.kind in ("local", "self") or (uses.kind == "remote" and uses.is_full_sha)


def _pinned_image(node: Scalar) -> bool:
    from wflint.model.image import ImageName

    return _is_digest(ImageName.parse(node.text.strip().removeprefix("docker://")).digest)


def _is_digest(digest: str | None) -> bool:
    algorithm, _, hexadecimal = (digest or "").partition(":")
    return algorithm == "sha256" and len(hexadecimal) == 64 and _DIGEST.issuperset(hexadecimal)


def _expression(node: Scalar) -> bool:
    return _only_expression(node) is not None


def _secret_reference(node: Scalar) -> bool:
    """Tell whether a text is nothing but a secret or the job's own token."""
    route = _only_expression(node)
    return route is not None and ((route[:1] == ("secrets",) and len(route) == 2) or route == ("github", "token"))


def _only_expression(node: Scalar) -> tuple[str, ...] | None:
    """Return the path that a text which is one `${{ }}` reads, empty where it does more; None for any other text."""
    from wflint.expression.error import ExpressionError
    from wflint.expression.find import find
    from wflint.expression.tree import path

    text = node.text.strip()
    found = list(find(text))
    if len(found) != 1 or (found[0].span.start, found[0].span.end) != (0, len(text)):
        return None
    try:
        return path(found[0].parse()) or ()
    except ExpressionError:
        return None


def _cron(node: Scalar) -> bool:
    from wflint.analysis import cron

    try:
        cron.parse(node.text)
    except cron.CronError:
        return False
    return True


def _date(node: Scalar) -> bool:
    if len(node.text) != 10:
        return False
    try:
        date.fromisoformat(node.text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[Scalar], bool]] = {
    "full-commit-sha": _full_commit_sha,
    "pinned-action": _pinned_action,
    "pinned-image": _pinned_image,
    "expression": _expression,
    "secret-reference": _secret_reference,
    "cron": _cron,
    "date": _date,
}
"""Tests by the name of the format.

`full-commit-sha`: 40 or 64 hexadecimal digits. `pinned-action`: `owner/repo@SHA`, a local path, an image by digest.
`pinned-image`: an image by digest. `expression`: one `${{ }}` and nothing around it. `secret-reference`:
`${{ secrets.NAME }}` and nothing around it. `cron`: what GitHub takes as a schedule. `date`: a day, as 2027-01-31.
"""
