"""JSON Schema (draft 2020-12) as functions over located nodes: what breaks is told at the node that breaks it.

There are no references, so a schema takes time in proportion to its own size times the document's. Equality, numbers
and types are those of JSON: 1 is 1.0 and an integer, true is no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wflint.rule.declarative import applicators, located, values
from wflint.rule.declarative.keyword import Absent, Broken, Check, Keyword, anything, nothing
from wflint.rule.declarative.params import reference
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar

ANNOTATIONS = ("title", "description", "$comment")
KEYWORDS = {**values.KEYWORDS, **applicators.KEYWORDS}
"""How each keyword becomes a check."""


def compiled(node: Node, params: Mapping[str, Any], absent: Absent = "pass") -> Check:
    """Return the check of a schema. Raises RuleError at what is no schema.

    `absent`: whether a property that the schema speaks of and that is not there passes, fails, or must be spoken of in
    `required`. It counts where the whole schema holds only if the property does: not below `anyOf`, `oneOf`, `not`,
    `if`, `contains`.
    """
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return anything if node.value else nothing
    if not isinstance(node, MappingNode) or reference(node) is not None:
        raise located.error(node, "a schema is a mapping of keywords, or `true` or `false`")
    checks = []
    for key, value in node.items():
        if key in ANNOTATIONS:
            continue
        if key not in KEYWORDS:
            raise located.unknown(node.keys[key], key, "keyword of JSON Schema here", KEYWORDS)
        check = KEYWORDS[key](Keyword(key, value, node, params, absent, compiled))
        if check is not None:
            checks.append(check)
    if len(checks) == 1:
        return checks[0]

    def every(node: Node) -> Broken:
        return [place for check in checks for place in check(node)]

    return every if checks else anything
