"""Name the version of a container image.

An image without a tag, or with the tag `latest`, is whatever was pushed last: a run that worked yesterday fails today, and
whoever can push to the image runs code in your job. Name a version, best with its digest, which cannot be moved.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: node  # finding
    services:
      database:
        image: postgres:latest  # finding
    steps:
      - uses: docker://ghcr.io/someone/tool  # finding
```

The values of a matrix are looked at too. What only the run can tell is not reported.

```yaml fails
on: push
jobs:
  build:
    strategy:
      matrix:
        version: ["3.20", latest]
    runs-on: ubuntu-latest
    container: alpine:${{ matrix.version }}  # finding
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    strategy:
      matrix:
        version: ["3.19", "3.20"]
    runs-on: ubuntu-latest
    container: alpine:${{ matrix.version }}
    services:
      database:
        image: postgres@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      registry:
        image: ${{ vars.REGISTRY_IMAGE }}
      own:
        image: localhost:5000/just-built
    steps: []
```

```yaml fails
# file: action.yml
name: Tool
description: Runs the tool
runs:
  using: docker
  image: docker://ghcr.io/someone/tool:latest  # finding
```

A tag can be moved as well. With `digest: true` only a digest will do.

```yaml fails
# options: {digest: true}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:22.11.0  # finding
    steps: []
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Image, ImageName, is_branch, rule


class Options(NamedTuple):
    digest: bool = False
    """Whether an image with a tag but no digest is reported too, as a note."""


@rule(
    target=Image,
    level="warning",
    tags=("security", "supply-chain", "reliability", "cwe-829", "scorecard-pinned-dependencies"),
    options=Options,
    security_severity=5.0,
)
def check(image: Image, context: Context[Options]) -> Iterator[Finding]:
    names = [each for text in image.alternatives or () if (each := ImageName.parse(text)).name]
    names = [each for each in names if not each.digest and not (each.registry or "").startswith(("localhost", "127."))]
    for each in names:
        if each.tag is None or each.tag == "latest" or is_branch(each.tag):
            has = f"the tag `{each.tag}`" if each.tag else "no tag"
            yield context.finding(
                image,
                f"`{each.name}` has {has}: each run takes what was pushed last; name a version,"
                f" best with its digest: `{each.name}:1.2.3@sha256:…`",
            )
            return
    if names and context.options.digest:
        yield context.finding(
            image,
            f"the tag of `{names[0].name}:{names[0].tag}` can be moved; add its digest: `@sha256:…`",
            level="note",
        )
