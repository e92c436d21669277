"""Understanding run scripts: bash and sh."""

from wflint.model.shell.command import (
    Alternative,
    Assignment,
    Command,
    Heredoc,
    Pipeline,
    Redirect,
)
from wflint.model.shell.flow import Derived, Flow, Flows, flows_of
from wflint.model.shell.options import Options, options_of
from wflint.model.shell.script import ShellScript, parse
from wflint.model.shell.word import HOLE, Expression, Substitution, Variable, Word

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
