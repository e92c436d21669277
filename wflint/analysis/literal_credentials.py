"""Credentials written into a file: known by their shape, or by the place where a credential is expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wflint.analysis import credential_text
from wflint.facts.credentials import credential
from wflint.model.dependabot import Dependabot
from wflint.model.index import targets
from wflint.model.step import UsesStep
from wflint.model.view import entries, scalar
from wflint.source.document import Document
from wflint.source.node import Node, Place, Scalar

_DEPENDABOT = ("password", "token", "key")
"""https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference#registries--"""
_PUBLIC_INPUTS = ("user", "access-key-id")
"""Parts of the names of inputs that go with a credential and are none."""
_PLACEHOLDERS = {
    "changeit",
    "changeme",
    "dummy",
    "example",
    "fake",
    "foo",
    "foobar",
    "insecure",
    "mock",
    "none",
    "null",
}
_PLACEHOLDERS |= {"password", "placeholder", "secret", "test", "testing", "true", "false", "xxx"}
_LOCAL = ("localhost", "127.0.0.1", "host.docker.internal")


class LiteralCredential(NamedTuple):
    """A credential in a file."""

    what: str
    """Such as `a GitHub token (ghp_…)`: never the credential itself."""
    place: Place
    sure: bool


def find(document: Document) -> list[LiteralCredential]:
    """Return the credentials of a file, in order, each once."""
    found = list(_by_shape(document))
    for other in (*_inputs(document), *_registries(document)):
        start, end = other.place.span
        if not any(start <= known.place.span.start < end for known in found):
            found.append(other)
    return sorted(found, key=lambda one: one.place.span)


def is_literal(node: Node | None) -> bool:
    """Tell whether a value is a credential in the clear: neither an expression nor empty nor a placeholder."""
    value = scalar(node)
    text = value.text.strip() if value is not None else ""
    return bool(text) and "${{" not in text and text.lower() not in _PLACEHOLDERS


def _by_shape(document: Document) -> Iterator[LiteralCredential]:
    for one in credential_text.find(document.text):
        start, end = one.span
        hint = "" if one.what == "private key" else f" ({credential_text.hinted(document.text[start:end])})"
        article = "an" if one.what[0] in "AOn" else "a"
        yield LiteralCredential(f"{article} {one.what}{hint}", Place(document, one.span), one.sure)


def _inputs(document: Document) -> Iterator[LiteralCredential]:
    for step in targets(document, UsesStep):
        known = credential(step.uses.name) if step.uses.name and step.with_ else None
        if known is None or any(local in _text(step.input("registry")) for local in _LOCAL):
            continue
        for name in known.secret_inputs:
            node = step.input(name)
            if node is not None and is_literal(node) and not any(part in name for part in _PUBLIC_INPUTS):
                yield LiteralCredential(f"the value of `{name}`", node.place, sure=False)


def _registries(document: Document) -> Iterator[LiteralCredential]:
    for file in targets(document, Dependabot):
        for registry in file.registries.values():
            for name in _DEPENDABOT:
                node = entries(registry).get(name)
                if node is not None and is_literal(node):
                    yield LiteralCredential(f"the registry's `{name}`", node.place, sure=True)


def _text(node: Scalar | None) -> str:
    return node.text if node is not None else ""
