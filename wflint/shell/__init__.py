"""Understanding run scripts: bash and sh."""

from wflint.shell.command import (
    Alternative,
    Assignment,
    Command,
    Heredoc,
    Pipeline,
    Redirect,
)
from wflint.shell.flow import Derived, Flow, Flows, flows_of
from wflint.shell.options import Options, options_of
from wflint.shell.script import ShellScript, parse
from wflint.shell.word import HOLE, Expression, Substitution, Variable, Word

__all__ = [
    "HOLE",
    "Alternative",
    "Assignment",
    "Command",
    "Derived",
    "Expression",
    "Flow",
    "Flows",
    "Heredoc",
    "Options",
    "Pipeline",
    "Redirect",
    "ShellScript",
    "Substitution",
    "Variable",
    "Word",
    "flows_of",
    "options_of",
    "parse",
]
