"""Keep out the files that the policy rules out.

Some files switch on what a policy forbids: with `.mergify.yml` in the tree a bot merges pull requests, and no workflow says so.
A policy may list such files, as globs, each with what is wrong with it. Without `files` it says nothing.

```yaml fails
# options: {files: {"*.mergify.yml": a person merges changes of data}}
# file: .github/workflows/ci.yml
on: push
jobs: {}
# file: .mergify.yml
pull_request_rules: []  # finding
```

```yaml passes
# options: {files: {".mergify.yml": a person merges changes of data}}
# file: .github/workflows/ci.yml
on: push
jobs: {}
# file: docs/mergify.yml
pull_request_rules: []
```
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, rule


class Options(NamedTuple):
    files: Mapping[str, str] = MappingProxyType({})
    """Why they must not be there, by globs of their paths from the root."""


@rule(target=Repository, level="error", tags=("delivery", "files"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not context.options.files:
        return
    for name in sorted({*repository.files, *(document.name for document in repository.documents)}):
        why = next((why for glob, why in context.options.files.items() if fnmatchcase(name, glob)), None)
        if why is not None:
            at = repository.find(name) or next(iter(repository.workflows), repository)
            yield context.finding(at.place, f"the policy rules out `{name}`: {why}; delete it")
