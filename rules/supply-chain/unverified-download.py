"""Check what was downloaded before you run it.

`curl … | bash` runs whatever the server sends in that minute. Whoever takes over the server, its domain or its storage
runs code in your job, with its token and its secrets; that is how the Codecov uploader leaked the secrets of thousands
of repositories. Download a fixed version to a file, compare its checksum, then run it, or use a package or an action
that is pinned.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl -fsSL https://example.com/install.sh | sudo bash -s -- --yes  # finding
          bash <(wget -qO- https://example.com/upload.sh)  # finding
          sh -c "$(curl -fsSL https://example.com/setup.sh)"  # finding
      - run: |
          curl -sSfLo install.sh https://example.com/install.sh  # finding
          chmod +x install.sh
          ./install.sh
```

An address that names a version is only noted. A script that names a whole commit cannot change, and one whose checksum was compared has not.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl -fsSL https://example.com/install.sh -o install.sh
          echo "$SUM  install.sh" | sha256sum --check
          bash install.sh
      - run: curl -fsSL https://raw.githubusercontent.com/a/b/8f4b7f84864484a7bf31766abe9204da3cbe65b3/x.sh | bash
      - run: |
          curl -s https://example.com/data.json | python3 -m json.tool
          curl -s http://localhost:8080/setup | sh
          curl -s https://example.com/data.json | python3 -c 'import json, sys; json.load(sys.stdin)'
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Script, downloads, rule


class Options(NamedTuple):
    allow: tuple[str, ...] = ()
    """Starts of addresses that are trusted, such as `https://sh.rustup.rs`."""


@rule(
    target=Script,
    level="warning",
    tags=("security", "supply-chain", "cwe-494", "owasp-cicd-sec-3", "scorecard-pinned-dependencies"),
    options=Options,
    security_severity=6.0,
)
def check(script: Script, context: Context[Options]) -> Iterator[Finding]:
    if not any(fetcher in script.text for fetcher in downloads.FETCHERS) or script.shell_script is None:
        return
    found = [each for each in downloads.executed(script.shell_script) if not _is_fine(each.url or "", context.options)]
    if not found or downloads.checks(script.shell_script):
        return
    for each in found:
        what = each.url if each.url and "*" not in each.url and len(each.url) <= 80 else "a download"
        yield context.finding(
            script.place_of(*each.fetch.span),
            f"`{each.runner.program}` runs {what} unchecked: whoever takes over the server runs code here;"
            " download a fixed version and compare its checksum",
            level="note" if each.url and downloads.is_versioned(each.url) else None,
        )


def _is_fine(url: str, options: Options) -> bool:
    host = url.partition("://")[2].partition("/")[0].partition(":")[0]
    local = host in ("localhost", "127.0.0.1", "0.0.0.0")  # noqa: S104 - an address to compare with
    return local or downloads.is_immutable(url) or (bool(options.allow) and url.startswith(options.allow))
