from typing import Any

import pytest

from wflint.model.image import ImageName
from wflint.model.index import targets
from wflint.model.uses import Uses
from wflint.source.source import Source
from wflint.source.yaml import parse

SHA = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"


def uses(value: Any, comment: str = "") -> Any:
    text = f"on: push\njobs:\n  a:\n    steps:\n      - uses: {value}{comment}\n"
    return targets(parse(Source("x.yml", "workflow", text)), Uses)[0]


def test_a_remote_action() -> None:
    one = uses(f"Actions/Cache/restore@{SHA}", " # v4.1.1")
    assert (one.kind, one.owner, one.repo, one.repository) == ("remote", "Actions", "Cache", "Actions/Cache")
    assert (one.path, one.name, one.ref, one.is_full_sha) == ("restore", "actions/cache/restore", SHA, True)
    assert one.document.text[slice(*one.ref_place.span)] == SHA
    assert one.version_comment.text == "v4.1.1"
    assert one.document.text[slice(*one.version_comment.place.span)] == "v4.1.1"


@pytest.mark.parametrize(
    ("comment", "version"),
    [
        ("# v4", "v4"),
        ("# 4.1.1", "4.1.1"),
        ("#v4", "v4"),
        ("# tag=v1.2.3", "v1.2.3"),
        ("# pin@v2", "v2"),
        ("# actions/checkout@v3", "v3"),
        ("# v1.0.0-rc.1 is the newest", "v1.0.0-rc.1"),
        ("# why we need it", None),
        ("# the 3rd try", None),
        ("# see issue 42", None),
        ("# 2 jobs", None),
        ("# updated to v4.1.", "v4.1"),
        ("# 4", "4"),
    ],
)
def test_version_comments(comment: str, version: str | None) -> None:
    found = uses(f"a/b@{SHA}", f" {comment}").version_comment
    assert (found.text if found else None) == version


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("actions/checkout@v4", "remote"),
        ("./.github/actions/a", "local"),
        ("$/actions/a", "self"),
        ("$/actions/a@v1", "malformed"),
        ("docker://alpine:3.20", "docker"),
        ("docker://", "malformed"),
        ("actions/checkout", "malformed"),
        ("checkout@v4", "malformed"),
        ("a/b@", "malformed"),
        ("a//b@v1", "malformed"),
        ("a/b@c@d", "malformed"),
        ('"${{ matrix.action }}@v4"', "malformed"),
    ],
)
def test_forms(value: Any, kind: str) -> None:
    one = uses(value)
    assert one.kind == kind
    assert one.malformed == (kind == "malformed")
    assert (one.ref is not None) == (kind == "remote")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("node", (None, "node", None, None)),
        ("node:22", (None, "node", "22", None)),
        ("library/node:22@sha256:ab", (None, "library/node", "22", "sha256:ab")),
        ("ghcr.io/o/i:1", ("ghcr.io", "o/i", "1", None)),
        ("localhost:5000/i", ("localhost:5000", "i", None, None)),
        ("localhost/i@sha256:ab", ("localhost", "i", None, "sha256:ab")),
    ],
)
def test_images(text: str, parts: tuple[str | None, ...]) -> None:
    image = ImageName.parse(text)
    assert (image.registry, image.name, image.tag, image.digest) == parts


def test_quoted_refs_keep_their_place() -> None:
    one = uses('"actions/check\\x6fut@v4"')
    assert one.repository == "actions/checkout"
    assert one.document.text[slice(*one.ref_place.span)] == "v4"
