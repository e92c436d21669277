"""Making the part of the model that one document fills."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wflint.settings.loaders.read import Notes
from wflint.settings.model import Partial
from wflint.settings.source import Format, Intent, SettingsSource
from wflint.source.document import Document


def source_of(
    document: Document, format: Format, intent: Intent, complete: Collection[str] = (), extends: str | None = None
) -> SettingsSource:
    """Return the source that a document is."""
    return SettingsSource(document, format, intent, frozenset(complete), extends)


def partial(source: SettingsSource, notes: Notes, **sections: Any) -> Partial:
    """Return what a source tells, with what was noted on the way."""
    return Partial(source, oddities=notes.found, **sections)
