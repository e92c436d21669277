"""Give the paths that the policy lists an owner.

Only files with an owner in CODEOWNERS must be approved by somebody who knows them. A line further down, or a pattern that
does not reach into folders, takes files out without anybody noticing. The rule looks at the `data-paths` of the policy and at
`paths`, at every file that is there and at one that could be. Without either it says nothing.

```yaml fails
# options: {paths: [".github/**"]}
# policy: {data-paths: ["data/**"]}
# file: .github/CODEOWNERS
data/*.json @octo-org/data  # finding
/.github/ @octo-org/platform
/.github/workflows/  # finding
# file: .github/workflows/ci.yml
on: push
jobs: {}
```

```yaml fails
# options: {paths: ["data/**"], owners: ["@octo-org/*"]}
# file: .github/CODEOWNERS
* @octo-org/all
/data/ @octocat  # finding
```

```yaml fails
# options: {paths: ["data/**"]}
# file: .github/workflows/ci.yml
on: push  # finding
jobs: {}
```

```yaml passes
# options: {paths: [".github/**", "data/**"], owners: ["@octo-org/*"]}
# file: .github/CODEOWNERS
* @octo-org/all
/data/ @octo-org/data
# file: .github/workflows/ci.yml
on: push
jobs: {}
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, globs, rule, run_refs


class Options(NamedTuple):
    paths: tuple[str, ...] = ()
    """Globs of the files that need an owner, as in `paths` of a workflow: `data/**`."""
    owners: tuple[str, ...] = ()
    """Globs of owners of whom one must be among them; empty for anybody."""


@rule(target=Repository, level="error", tags=("delivery", "codeowners"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    wanted = dict.fromkeys((*context.declared.data_paths, *context.options.paths))
    if not wanted:
        return
    owners = repository.codeowners
    if owners is None:
        shown = ", ".join(f"`{each}`" for each in wanted)
        yield context.finding(
            next(iter(repository.workflows), repository),
            f"there is no CODEOWNERS file, so nobody in particular reviews changes of {shown}",
        )
        return
    for glob in wanted:
        present = [name for name in repository.files if globs.matches(glob, name)]
        for path in (*present, run_refs.sample(glob), run_refs.sample(glob.replace("**", "x/x"))):
            entry = owners.entry_for(path)
            names = [owner.text for owner in entry.owners] if entry is not None else []
            if _is_owned(names, context.options.owners):
                continue
            near = entry or next((each for each in owners.entries if _same_start(each.pattern, glob)), None)
            whom = f" among {', '.join(f'`{each}`' for each in context.options.owners)}" if names else ""
            what = f"`{path}`" if path in present else f"a file of `{glob}`"
            yield context.finding(
                near.pattern_place if near is not None else owners.place,
                f"{what} has no owner{whom}; give `{glob}` one in a line below this",
            )
            break


def _is_owned(names: list[str], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return bool(names)
    return any(fnmatchcase(name.lower(), glob.lower()) for name in names for glob in wanted)


def _same_start(pattern: str, glob: str) -> bool:
    return pattern.strip("/").split("/")[0] == glob.split("/")[0]
