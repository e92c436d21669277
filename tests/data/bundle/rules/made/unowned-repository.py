"""Say who owns the files.

The tests need a rule about a whole repository that nobody changes.

```yaml fails
# file: .github/workflows/ci.yml
on: push  # finding
```

```yaml passes
# file: .github/CODEOWNERS
* @team
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, rule


@rule(target=Repository, level="warning", tags=("made",))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    if repository.documents and not any(each.source.kind == "codeowners" for each in repository.documents):
        yield context.finding(repository, "nobody owns these files")
