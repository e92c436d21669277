"""Fetch nothing over an unencrypted connection.

Whoever sits between the runner or a developer's machine and the server can change what comes over `http:` or `git:`
without a trace: a hook, a script, a package. Everything that is worth using is there over `https:`.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl -fsSL http://example.com/tool.tar.gz | tar xz  # finding
          pip install --index-url http://pypi.example.com/simple requests==2.32.3  # finding
          git clone git://example.com/repository.git  # finding
```

The machine itself and its own network are no strangers, and an address that is only asked or written is none of this
rule's business.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl -fsSL https://example.com/tool.tar.gz | tar xz
          curl -fsS http://localhost:8080/health
          wget http://registry:5000/v2/
          curl -I http://example.com
          echo "See http://example.com"
          curl -H "Referer: http://example.com" https://example.com
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Script, rule, shell

_FETCHING = {
    "curl": (),
    "wget": (),
    "git": ("clone", "fetch", "pull", "submodule", "remote"),
    "pip": ("install", "download"),
    "pip3": ("install", "download"),
    "npm": ("install", "i", "ci"),
    "gem": ("install",),
}
_ASKING = ("-H", "--header", "-e", "--referer", "-x", "--proxy")


@rule(
    target=Script,
    level="warning",
    tags=("security", "supply-chain", "cwe-319"),
    security_severity=5.0,
)
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    if ("http://" not in script.text and "git://" not in script.text) or script.shell_script is None:
        return
    for command in script.shell_script.commands:
        wanted = _FETCHING.get(command.program or "")
        if wanted is None or (wanted and not any(word.text in wanted for word in command.arguments[:3])):
            continue
        before = ""
        for word in command.arguments:
            if _is_plain(word) and before not in _ASKING and not _asks(command):
                scheme = word.shape.partition("://")[0].rpartition("=")[2]
                yield context.finding(
                    script.place_of(*word.span),
                    f"`{scheme}:` is not encrypted: whoever sits on the way can change what comes; write `https:`",
                )
            before = word.shape


def _is_plain(word: shell.Word) -> bool:
    """Tell whether a word is an address on the internet without encryption."""
    address = word.shape.rpartition("=")[2] if word.shape.startswith("-") else word.shape
    scheme, _, rest = address.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2].partition(":")[0]
    name = host.replace("-", "").replace(".", "")
    return scheme in ("http", "git") and "." in host and name.isalnum() and not name.isdecimal() and not _is_own(host)


def _is_own(host: str) -> bool:
    return host.endswith((".local", ".internal", ".localhost", ".test", ".localdomain", ".svc", ".lan"))


def _asks(command: shell.Command) -> bool:
    return any(word.shape in ("-I", "--head", "--spider") for word in command.arguments)
