"""Reading a mapping of settings: tolerant of every shape, with a place for every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from typing import Literal, TypeVar

from wflint.model.view import entries, items
from wflint.settings.source import Oddity, OddityKind
from wflint.settings.value import UNKNOWN, Setting, Texts
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

T = TypeVar("T")

_YES = frozenset({"true", "yes", "on", "y", "1"})
_NO = frozenset({"false", "no", "off", "n", "0"})


class Notes:
    """What is odd in a document, each thing once, in the order in which it was seen."""

    def __init__(self) -> None:
        self._found: dict[Oddity, None] = {}

    def add(self, at: Node | Place, message: str, kind: OddityKind, hint: str | None = None) -> None:
        """Note an oddity at a node or place."""
        place = at if isinstance(at, Place) else at.place
        self._found.setdefault(Oddity(place, message, kind, hint))

    def wrong_type(self, node: Node, name: str, expected: str) -> None:
        """Note a value that is not of the type its key wants."""
        self.add(node, f"`{name}` must be {expected}; what is here says nothing.", "wrong-type")

    @property
    def found(self) -> tuple[Oddity, ...]:
        return tuple(self._found)


class Fields:
    """A mapping, read key by key.

    `absent` says what a key means that is not there: its default, or that this input cannot tell. An explicit null
    is the default in either case. With `loose`, booleans and numbers may be written as YAML 1.1 and strictyaml do.
    """

    def __init__(
        self,
        node: Node | None,
        notes: Notes,
        *,
        absent: Literal["default", "unknown"] = "default",
        loose: bool = False,
    ) -> None:
        self.node = node
        self.notes = notes
        self.absent = absent
        self.loose = loose
        self.entries = entries(node)
        if node is not None and not isinstance(node, Mapping) and not is_null(node):
            notes.wrong_type(node, str(node.key), "a mapping")

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def get(self, key: str) -> Node | None:
        """Return the value under a key unless it is null."""
        node = self.entries.get(key)
        return None if node is None or is_null(node) else node

    @property
    def place(self) -> Place | None:
        return self.node.head if self.node is not None else None

    def missing(self, key: str, default: T | None, *, off: bool = False) -> Setting[T]:
        """Return what a key means that is absent or null; with `off`, that None is a meaning too."""
        written = self.entries.get(key)
        place = written.place if written is not None else self.place
        if (default is None and not off) or (written is None and self.absent == "unknown") or place is None:
            return Setting(None, "unknown", place)
        return Setting(default, "default", place)

    def flag(self, key: str, default: bool | None = False) -> Setting[bool]:
        """Return a boolean."""
        return self._scalar(key, self._bool, default, "true or false")

    def number(self, key: str, default: int | None = None) -> Setting[int]:
        """Return an integer."""
        return self._scalar(key, self._int, default, "a whole number")

    def text(self, key: str, default: str | None = None) -> Setting[str]:
        """Return a text; a number's spelling is one too."""
        return self._scalar(key, lambda node: node.string, default, "text")

    def choice(self, key: str, known: Dict[str, T], default: T | None = None) -> Setting[T]:
        """Return one of several words, as what it stands for."""
        return self._scalar(key, lambda node: known.get(node.string or ""), default, f"one of {', '.join(known)}")

    def enabled(self, key: str, default: bool | None = False) -> Setting[bool]:
        """Return a boolean that stands alone or as `{"enabled": …}`."""
        node = self.get(key)
        return self.child(key).flag("enabled", None) if isinstance(node, Mapping) else self.flag(key, default)

    def status(self, key: str) -> Setting[bool]:
        """Return whether `{"status": "enabled"}` is said; unknown when nothing is."""
        return self.child(key).choice("status", {"enabled": True, "disabled": False})

    def texts(self, key: str, default: tuple[Setting[str], ...] | None = ()) -> Texts:
        """Return a list of texts."""
        node = self.get(key)
        if node is None:
            return self.missing(key, default)
        if not isinstance(node, Sequence):
            self.notes.wrong_type(node, key, "a list")
            return Setting(None, "unknown", node.place)
        return Setting(text_items(node, self.notes), "set", node.place)

    def child(self, key: str) -> Fields:
        """Return the mapping under a key; an empty one when there is none. A block of Terraform is a list of one."""
        node = self.get(key)
        if isinstance(node, Sequence) and len(node) <= 1:
            node = node[0] if len(node) else None
        return Fields(node, self.notes, absent=self.absent, loose=self.loose)

    def children(self, key: str) -> Iterator[Fields]:
        """Yield the mappings of a list."""
        node = self.get(key)
        if node is not None and not isinstance(node, Sequence):
            self.notes.wrong_type(node, key, "a list")
        for item in items(node):
            yield Fields(item, self.notes, absent=self.absent, loose=self.loose)

    def _scalar(self, key: str, convert: Callable[[Scalar], T | None], default: T | None, expected: str) -> Setting[T]:
        node = self.get(key)
        if node is None:
            return self.missing(key, default)
        value = convert(node) if isinstance(node, Scalar) else None
        if value is None:
            self.notes.wrong_type(node, key, expected)
            return Setting(None, "unknown", node.place)
        return Setting(value, "set", node.place)

    def _bool(self, node: Scalar) -> bool | None:
        if self.loose:
            word = node.text.lower()
            return True if word in _YES else False if word in _NO else None
        return node.value if isinstance(node.value, bool) else None

    def _int(self, node: Scalar) -> int | None:
        if self.loose:
            return int(node.text) if node.text.isascii() and node.text.isdigit() and len(node.text) < 10 else None
        return node.value if isinstance(node.value, int) and not isinstance(node.value, bool) else None


def is_null(node: Node) -> bool:
    """Tell whether a node is null: written so, or left empty."""
    return isinstance(node, Scalar) and node.value is None


def text_items(node: Node | None, notes: Notes) -> tuple[Setting[str], ...]:
    """Return the texts of a list, each with its place; what is no text is noted and left out."""
    found = []
    for item in items(node):
        if isinstance(item, Scalar) and item.string is not None:
            found.append(Setting(item.text, "set", item.place))
        else:
            notes.wrong_type(item, str(item.key), "text")
    return tuple(found)


def set_at(node: Node, value: T) -> Setting[T]:
    """Return a value that is written, at a tight place for the whole of a node."""
    return Setting(value, "set", node.place if isinstance(node, Scalar) else node.head)


def text_of(node: Node | None) -> Setting[str]:
    """Return the text of a scalar with its place; unknown for anything else."""
    return Setting(node.text, "set", node.place) if isinstance(node, Scalar) and node.string is not None else UNKNOWN


def key_text(node: Node) -> Setting[str]:
    """Return the key under which a node stands, with its place."""
    key = node.key_node
    return Setting(key.text, "set", key.place) if key is not None else UNKNOWN
