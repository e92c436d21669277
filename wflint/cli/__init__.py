"""Arguments in, exit code out: the only place that prints.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings; 2 misuse (arguments, policy, configuration); 3 the run is
incomplete (a rule raised, a file could not be read).
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, NoReturn

import click

from wflint import __version__
from wflint.errors import WflintError, nearest

COMMANDS = {
    "check": "Check a repository against a policy.",
    "fix": "Mend what can be mended.",
    "explain": "Explain a rule: why it is there, what fails, what passes.",
    "rules": "List the rules.",
}
"""Every command and its line of help. Its code is in the module of its name, imported when the command runs."""


class Commands(click.Group):
    """The commands, each imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module: Any = importlib.import_module(f"wflint.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            hint = nearest(name, COMMANDS) or f"to check a path, type `wflint check {name}`"
            raise click.UsageError(f"there is no command `{name}`; {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wflint", message="%(prog)s %(version)s")
def cli() -> None:
    """Policy as code for the way a team ships: workflows, the settings that guard branches, and their contract."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold bytes that are no text; what is printed is escaped before it gets here.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name="wflint", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
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
    sys.exit(code if isinstance(code, int) else 0)
