"""All that a rule or a plugin may import."""

from wflint.plugins import hookimpl

__all__ = ["hookimpl"]
