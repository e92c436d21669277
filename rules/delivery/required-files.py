"""Have the files that the policy asks for.

A rule about a file says nothing when the file is not there: a file of quality gates that was moved, or deleted, is judged by nobody
and nothing turns red. A policy may list the files that must be there, as globs; an organisation can ask for a security policy or
a licence in the same way. Without `files` it says nothing.

```yaml fails
# options: {files: ["config/*gates.y*ml"]}
# file: .github/workflows/ci.yml
on: push  # finding
jobs: {}
```

```yaml passes
# options: {files: ["config/*gates.y*ml"]}
# file: .github/workflows/ci.yml
on: push
jobs: {}
# file: config/quality-gates.yml
gates: {}
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, rule


class Options(NamedTuple):
    files: tuple[str, ...] = ()
    """Globs of paths from the root, each of which some file must match."""


@rule(target=Repository, level="error", tags=("delivery", "files"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not context.options.files or not repository.complete:
        return
    present = {*repository.files, *(document.name for document in repository.documents)}
    for glob in context.options.files:
        if not any(fnmatchcase(name, glob) for name in present):
            at = next(iter(repository.workflows), repository)
            yield context.finding(at, f"the policy asks for a file `{glob}`, and there is none; add it")
