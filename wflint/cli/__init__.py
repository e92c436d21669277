"""Arguments in, exit code out: the only place that prints.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings; 2 misuse (arguments, policy, configuration); 3 the run is
incomplete (a rule raised, a file could not be read).
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from wflint import __version__
from wflint.cli.lazy import LazyGroup
from wflint.errors import UsageError, WflintError

COMMANDS = {
    "check": "Check a repository against a policy.",
    "fix": "Mend what can be mended.",
    "explain": "Explain a rule: why it is there, what fails, what passes.",
    "checks": "List the checks that a repository's workflows report, and those that its settings require.",
    "rules": "List the rules.",
    "settings": "Read a repository's settings from GitHub, and show them.",
    "graph": "Draw jobs, needs, triggers, required checks and environments.",
    "policy": "Test, write and look at policies.",
    "completion": "Let a shell complete commands and options.",
    "baseline": "Accept today's findings, so that only new ones count.",
}
"""Every command and its line of help. Its code is in the module of its name, imported when the command runs."""

cli = LazyGroup(
    "wflint",
    "wflint.cli",
    COMMANDS,
    help="Policy as code for the way a team ships: workflows, the settings that guard branches, and their contract.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli = click.version_option(__version__, prog_name="wflint", message="%(prog)s %(version)s")(cli)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold bytes that are no text; what is printed is escaped before it gets here.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if "_WFLINT_COMPLETE" in os.environ:
        cli.main(prog_name="wflint")  # a shell asks what it can complete: click answers, and leaves
    try:
        code = cli.main(prog_name="wflint", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as misuse:
        misuse.show()
        sys.exit(2)
    except click.ClickException as misuse:
        from wflint.cli.terminal import complain

        complain(UsageError(misuse.format_message()))
        sys.exit(2)
    except WflintError as misuse:
        from wflint.cli.terminal import complain

        complain(misuse)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the report stopped reading: the run did not deliver it.
        sys.stderr.close()
        sys.exit(3)
    except (Exception, SystemExit) as defect:
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            sys.exit(3)  # click's way of saying that whoever read the output stopped reading
        if os.environ.get("WFLINT_DEBUG"):
            raise
        from wflint.cli.terminal import say

        say(f"internal error: {type(defect).__name__}: {defect}; WFLINT_DEBUG=1 shows where")
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
