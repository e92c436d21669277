"""Part findings into those that stand and those that somebody accepted, by a comment or by a waiver."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wflint.model.ignore import Ignore, ignores
from wflint.policy.bind import Bound
from wflint.policy.glob import matches
from wflint.policy.policy import Waiver
from wflint.rule.catalogue import Catalogue
from wflint.rule.finding import Finding, Waived
from wflint.source.document import Document

Base = Callable[[str], Document | None]
"""Gives a document as it was before the change under judgement, by its name; None when it was not there."""


class Accepted(NamedTuple):
    """What stands, what does not, and what the acceptances turned out to be worth."""

    standing: list[Finding]
    waived: list[Waived]
    ignores: list[Ignore]
    waivers: list[Waiver]


def accept(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    texts: Mapping[str, str],
    waivers: Sequence[Waiver],
    bound: Sequence[Bound],
    catalogue: Catalogue,
    today: date,
    base: Base | None = None,
) -> Accepted:
    """Return the findings parted. A mandatory rule's findings always stand; an expired waiver accepts nothing.

    `texts` holds the files by name, for waivers that know the value they accepted. With a `base`, only the comments
    count that stood in it already.
    """
    strict = {each.rule.id for each in bound if each.enforcement == "mandatory" or each.rule.always}
    comments = [comment for document in documents for comment in _comments(document, base)]
    spoken = _Comments(comments)
    used: dict[int, set[str]] = {number: set() for number in range(len(comments))}
    worth = [0] * len(waivers)
    by_rule: dict[str, list[int]] = {}
    for number, waiver in enumerate(waivers):
        by_rule.setdefault(waiver.rule, []).append(number)
    standing, waived = [], []
    for finding in findings:
        by_comment = spoken.accepting(finding)
        by_waiver = _waiver(finding, waivers, by_rule.get(finding.rule, ()), texts, today)
        if finding.rule in strict or (by_comment is None and by_waiver is None):
            standing.append(finding)
        elif by_comment is not None:
            used[by_comment].add(finding.rule)
            waived.append(Waived(finding, comments[by_comment].reason, "ignore"))
        elif by_waiver is not None:
            worth[by_waiver] += 1
            waived.append(Waived(finding, waivers[by_waiver].reason, "waiver"))
    ran = {each.rule.id for each in bound}
    return Accepted(
        standing,
        waived,
        [
            comment.judged(used=used[number], refused=strict, known=catalogue, ran=ran)
            for number, comment in enumerate(comments)
        ],
        [
            waiver._replace(used=worth[number], refused=waiver.rule in strict, idle=waiver.rule not in ran)
            for number, waiver in enumerate(waivers)
        ],
    )


def digest(value: str) -> str:
    """Return the short digest by which a waiver knows the value it accepted."""
    import hashlib

    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _comments(document: Document, base: Base | None) -> Iterator[Ignore]:
    found = list(ignores(document))
    if base is None or not found:
        yield from found
        return
    before = base(document.name)
    known = Counter(comment.identity for comment in ignores(before)) if before is not None else Counter()
    for comment in found:
        late = known[comment.identity] <= 0
        known[comment.identity] -= 1
        yield comment._replace(late=late)


class _Comments:
    """What comments accept, so kept that a file full of them is no more work than its length."""

    def __init__(self, comments: Sequence[Ignore]) -> None:
        ranges: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
        for number, comment in enumerate(comments):
            if comment.counts and comment.covers:
                start, end = comment.covers[0].start, max(cover.end for cover in comment.covers)
                for rule in comment.rules:
                    ranges.setdefault((comment.document.name, rule), {}).setdefault(start, (end, number))
        self._ranges = {key: sorted((start, *rest) for start, rest in each.items()) for key, each in ranges.items()}

    def accepting(self, finding: Finding) -> int | None:
        """Return the number of the comment that accepts a finding, the first if there are two.

        Only the last range that begins before the finding can hold it: no comment stands inside what another covers.
        """
        ranges = self._ranges.get((finding.location.path, finding.rule), [])
        at = finding.location.span.start
        last = bisect_right(ranges, at, key=lambda each: each[0]) - 1
        return ranges[last][2] if last >= 0 and at < ranges[last][1] else None


def _waiver(
    finding: Finding, waivers: Sequence[Waiver], numbers: Sequence[int], texts: Mapping[str, str], today: date
) -> int | None:
    at = finding.location
    value: str | None = None
    for number in numbers:
        waiver = waivers[number]
        # The cheap questions first: a baseline has thousands of entries.
        if waiver.route is not None and waiver.route != at.route:
            continue
        if waiver.until is not None and waiver.until < today:
            continue
        if waiver.path != at.path and not matches(waiver.path, at.path):
            continue
        if waiver.value is not None:
            value = value or digest(texts.get(at.path, "")[slice(*at.span)])
            if waiver.value != value:
                continue
        return number
    return None
