"""Names of refs, and the versions and images that references stand for."""

import pytest

from wflint.model.git_ref import is_branch, is_commit
from wflint.model.image import Image
from wflint.model.index import targets
from wflint.model.uses import Uses
from wflint.source import yaml
from wflint.source.edit import apply
from wflint.source.source import Source

CHECKOUT_4_2_2 = "11bd71901bbe5b1630ceea73d27597364c9af683"


@pytest.mark.parametrize(
    "ref",
    ["main", "Master", "HEAD", "dev", "develop", "trunk", "release/next", "v4-branch", "refs/heads/v1", "my-main"],
)
def test_branch(ref: str) -> None:
    assert is_branch(ref)


@pytest.mark.parametrize(
    "ref", ["v4", "1.2.3", "release/v1", "releases/v2", "stable", "nightly-2024", CHECKOUT_4_2_2, ""]
)
def test_no_branch(ref: str) -> None:
    assert not is_branch(ref)


def test_commit() -> None:
    assert is_commit("a" * 40)
    assert is_commit("A" * 64)
    assert not is_commit("a" * 39)
    assert not is_commit("g" * 40)


def _workflow(text: str) -> str:
    return f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n{text}"


@pytest.mark.parametrize(
    ("uses", "version"),
    [
        ("actions/checkout@v4", "v4"),
        (f"actions/checkout@{CHECKOUT_4_2_2}", "v4.2.2"),
        (f"actions/checkout@{CHECKOUT_4_2_2} # v3", "v4.2.2"),
        (f"some/thing@{'a' * 40} # v1.2", "v1.2"),
        (f"some/thing@{'a' * 40}", None),
        ("some/thing@main", None),
        ("./local", None),
    ],
)
def test_version_that_runs(uses: str, version: str | None) -> None:
    document = yaml.parse(Source("w.yml", "workflow", _workflow(f"    steps:\n      - uses: {uses}\n")))
    assert [each.version for each in targets(document, Uses)] == [version]


@pytest.mark.parametrize(
    ("matrix", "image", "expected"),
    [
        ("{v: [18, 20]}", "node:22", ["node:22"]),
        ("{v: [18, 20]}", "node:${{ matrix.v }}", ["node:18", "node:20"]),
        ("{c: [{Image: a, tag: b}]}", "${{ matrix.c.image }}:${{ matrix['c'].tag }}", ["a:b"]),
        ("{v: [18], include: [{v: 20, c: x}]}", "${{ matrix.c }}", ["", "x"]),
        ("{v: [18]}", "node:${{ inputs.v }}", None),
        ("{v: ['${{ inputs.v }}']}", "node:${{ matrix.v }}", None),
        ("{v: '${{ fromJSON(inputs.v) }}'}", "node:${{ matrix.v }}", None),
        ("{v: [[18]]}", "node:${{ matrix.v }}", None),
        ("{v: [18]}", "node:${{ matrix. }}", None),
    ],
)
def test_images_of_a_matrix(matrix: str, image: str, expected: list[str] | None) -> None:
    text = _workflow(f"    strategy:\n      matrix: {matrix}\n    container: {image}\n    steps: []\n")
    document = yaml.parse(Source("w.yml", "workflow", text))
    assert [each.alternatives for each in targets(document, Image)] == [expected]


@pytest.mark.parametrize(
    ("glob", "matched"),
    [
        ("actions/*", True),
        ("Actions/Cache", True),
        ("actions/cache/restore", True),
        ("actions/cache/save", False),
        ("actions/cache@v4", True),
        ("actions/cache@v3", False),
        ("action/*", False),
        ("", False),
    ],
)
def test_globs_of_a_reference(glob: str, matched: bool) -> None:
    document = yaml.parse(
        Source("w.yml", "workflow", _workflow("    steps:\n      - uses: actions/cache/restore@v4\n"))
    )
    assert [each.matches([glob]) for each in targets(document, Uses)] == [matched]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- uses: a/b@v1", "- uses: a/b@SHA # v1.2"),
        ("- uses: 'a/b@v1'\r\n        with: {}", "- uses: 'a/b@SHA' # v1.2\r\n        with: {}"),
        ("- uses: a/b@v1  # v1", "- uses: a/b@SHA  # v1.2"),
        ("- uses: a/b@v1 # why", "- uses: a/b@SHA # v1.2 # why"),
        ("- {uses: a/b@v1}", None),
        ("- uses: >-\n          a/b@v1", None),
    ],
)
def test_pinned(before: str, after: str | None) -> None:
    text = _workflow(f"    steps:\n      {before}\n")
    [uses] = targets(yaml.parse(Source("w.yml", "workflow", text)), Uses)
    edits = uses.pinned("SHA", "v1.2")
    assert (apply(text, edits) if edits is not None else None) == (after and _workflow(f"    steps:\n      {after}\n"))
