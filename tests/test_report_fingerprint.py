"""Line hashes are those of GitHub's uploader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import sample

from wflint.report.fingerprint import Fingerprints, LineHashes
from wflint.report.sources import Sources
from wflint.source.lines import Lines


def hashes(text: str) -> list[str]:
    found = LineHashes(text)
    return [found.hash(line) for line in range(1, len(found) + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
    ],
)
def test_the_uploaders_own_values(text: str, expected: list[str]) -> None:
    assert hashes(text) == expected


def rolled(text: str) -> list[str]:
    """Return the hashes as the uploader gets them: one unit at a time through a window of a hundred."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16-le")
    units = [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]
    kept = [unit for unit in units if unit not in {9, 32}] + [65535]
    starts = [at for at in range(len(kept)) if at == 0 or kept[at - 1] == 10]
    window, value = [0] * 100, 0
    found: dict[int, int] = {}
    seen: dict[int, int] = {}
    for at, unit in enumerate(kept + [0] * 100):
        old = window[at % 100]
        window[at % 100] = unit
        value = (37 * value + unit - pow(37, 100) * old) % 2**64
        found[at - 99] = value
    result = []
    for start in starts:
        seen[found[start]] = seen.get(found[start], 0) + 1
        result.append(f"{found[start]:x}:{seen[found[start]]}")
    return result


@given(st.text(st.sampled_from("ab \t\r\n☕\U0001f600\ufeff"), max_size=300))
def test_windows_equal_the_rolling_hash(text: str) -> None:
    assert hashes(text) == rolled(text)
    assert len(LineHashes(text)) == len(Lines(text))


def test_findings_of_one_rule_on_one_line_are_told_apart() -> None:
    finding = sample().findings[0]
    texts = {finding.location.path: "a\n" * 300}
    prints = Fingerprints(Sources(texts))
    given_out = [prints.of_line(finding) for _ in range(3)]
    lines = set(hashes(texts[finding.location.path]))
    assert given_out[0] in lines
    assert len({*given_out}) == 3
    assert not {*given_out[1:]} & lines
    assert prints.of_line(finding._replace(rule="another")) == given_out[0]


def test_wflints_own_fingerprint_survives_a_move() -> None:
    report = sample()
    finding = report.findings[0]
    path = finding.location.path
    moved = "# a new first line\n" + report.texts[path]
    span = finding.location.span
    after = finding.location._replace(span=type(span)(span.start + 19, span.end + 19))
    one = Fingerprints(Sources(report.texts)).own(finding)
    other = Fingerprints(Sources({path: moved})).own(finding._replace(location=after))
    assert one == other


def test_no_text_no_hash() -> None:
    assert Fingerprints(Sources({})).of_line(sample().findings[0]) is None
