"""`wflint policy`: test, write and look at policies."""

from __future__ import annotations

from wflint.cli.lazy import LazyGroup

COMMANDS = {
    "test": "Run the examples of a bundle's rules, and load its packs.",
    "new": "Write the first lines of a rule.",
    "show": "Show the effective policy, and where each value comes from.",
    "fetch": "Fetch a pack of another repository, pinned by commit and digest.",
    "schema": "Print the JSON Schema of policy files, for editors.",
}

command = LazyGroup("policy", "wflint.cli.policy", COMMANDS, help="Test, write and look at policies.")
