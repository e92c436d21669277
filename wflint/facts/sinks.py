"""Where text becomes code: inputs of actions, keys of workflows, files of the runner.

Source: GitHub docs, Secure use reference (script injections), and the actions' metadata.
"""

from __future__ import annotations

from wflint.facts.table import names, table


def script_inputs(action: str) -> dict[str, str]:
    """Return which inputs of an action are run and as what: `{"script": "javascript"}`; `{}` when none is known.

    Languages: shell, shell (remote), shell (container), shell (vm), shell words, powershell, javascript, javascript
    template, python, matlab, program, template, argument, argument list, build argument, http. Inputs are lower-case;
    `docker://` is the action of a container image.
    """
    inputs = table("sinks").data["inputs"]
    if action.startswith("docker://"):
        return dict(inputs["docker://"])
    return next((dict(inputs[name]) for name in names(action) if name in inputs), {})


def key(route: str) -> str | None:
    """Return what the text at a key is used as (`shell`, `image`, `docker flags`, …); None for a key that is no sink.

    `route` is a generic one: `jobs.*.steps[].run`, `runs.steps[].run`.
    """
    return table("sinks").data["keys"].get(route)  # type: ignore[no-any-return]


def files() -> dict[str, str]:
    """Return the runner's command files by variable, and what writing to them does: `{"GITHUB_ENV": …}`."""
    return dict(table("sinks").data["files"])
