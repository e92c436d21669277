"""The base of all views, and the tolerant reading of nodes that they share.

A view holds a node and copies nothing. Whatever shape the node has, reading a view never raises: what is not there
or has the wrong shape is None or empty. Attributes give nodes, so that a rule can point at them; only names and ids
are plain text.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from types import MappingProxyType

from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

NOTHING: Dict[str, Node] = MappingProxyType({})


class View:
    """A typed view of one node."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.node.route or '(root)'}>"

    @property
    def document(self) -> Document:
        return self.node.document

    @property
    def place(self) -> Place:
        """Where to point when the whole is meant: the key it stands under."""
        return self.node.head


def entries(node: Node | None) -> Dict[str, Node]:
    """Return the values of a mapping by key; empty for anything else."""
    return node.entries if isinstance(node, Mapping) else NOTHING


def items(node: Node | None) -> list[Node]:
    """Return the items of a sequence; empty for anything else."""
    return node.nodes if isinstance(node, Sequence) else []


def scalar(node: Node | None) -> Scalar | None:
    """Return a scalar that is not null; None for anything else."""
    return node if isinstance(node, Scalar) and node.string is not None else None


def text(node: Node | None) -> str | None:
    """Return the text of a scalar that is not null; None for anything else."""
    return node.string if node is not None else None


def scalars(node: Node | None) -> list[Scalar]:
    """Return the scalars of a sequence, or the one scalar that stands in its stead, as GitHub takes lists of names."""
    if isinstance(node, Sequence):
        return [item for item in node.nodes if isinstance(item, Scalar) and item.string is not None]
    one = scalar(node)
    return [one] if one is not None else []


def flag(node: Node | None, default: bool | None = None) -> bool | None:
    """Return a YAML boolean; the default when absent, None when it is anything else, such as an expression."""
    if node is None:
        return default
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, bool) else None
