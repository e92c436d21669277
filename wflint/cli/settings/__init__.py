"""`wflint settings`: read a repository's settings from GitHub, and show what is known of them."""

from __future__ import annotations

from wflint.cli.lazy import LazyGroup

COMMANDS = {
    "pull": "Read the settings from GitHub into a file that `check` reads.",
    "show": "Show the settings, what holds for each ref, and where each value comes from.",
}

command = LazyGroup("settings", "wflint.cli.settings", COMMANDS, help="Read and show a repository's settings.")
