"""Publish packages without a long-lived token.

A token in a secret works from anywhere, for as long as nobody revokes it: one leak, and strangers publish in your name.
With trusted publishing the registry knows your workflow: the job proves who it is with `id-token: write` and gets a token
that ends with the run. There is no secret left to steal or to rotate.

```yaml fails
on: release
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: pypa/gh-action-pypi-publish@v1.12.4  # finding
        with:
          password: ${{ secrets.PYPI_API_TOKEN }}
      - run: npm publish --access public  # finding
        env:
          NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}
      - run: cargo publish --token ${{ secrets.CARGO_REGISTRY_TOKEN }}  # finding
```

```yaml passes
on: release
jobs:
  publish:
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - uses: pypa/gh-action-pypi-publish@v1.12.4
      - run: npm publish
      - uses: rust-lang/crates-io-auth-action@v1
        id: auth
      - run: cargo publish
        env:
          CARGO_REGISTRY_TOKEN: ${{ steps.auth.outputs.token }}
```

Only the public registries can do it, so other registries and their tokens are left alone.

```yaml passes
on: release
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: pypa/gh-action-pypi-publish@v1.12.4
        with:
          repository-url: https://pypi.example.com/legacy/
          password: ${{ secrets.OUR_TOKEN }}
      - uses: actions/setup-node@v4
        with:
          registry-url: https://npm.pkg.github.com
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: ${{ secrets.OUR_TOKEN }}
      - run: poetry publish
        env:
          POETRY_PYPI_TOKEN_PYPI: ${{ secrets.PYPI_API_TOKEN }}
      - run: dotnet nuget push *.nupkg --source https://nuget.example.com/v3/index.json --api-key ${{ secrets.NUGET }}
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: ${{ secrets.GITHUB_TOKEN }}
```
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from wflint.api import Context, Finding, Job, Node, NoOptions, RunStep, Step, UsesStep, rule, secrets, shipping, trusted

_PACKAGES = frozenset({"pypi", "npm", "crates.io", "rubygems", "nuget", "jsr", "pub.dev"})
_VERBS = ("publish", "push", "upload", "release", "deploy")
_WHERE = frozenset(
    {"--registry", "--source", "-s", "--host", "--repository-url", "--index", "--publish-url", "-r", "--repository"}
)


@rule(
    target=Step,
    level="warning",
    tags=("security", "supply-chain", "secrets", "cwe-522", "owasp-cicd-sec-6"),
    security_severity=4.0,
)
def check(step: Step, context: Context[NoOptions]) -> Iterator[Finding]:
    if isinstance(step, UsesStep) and step.uses.name is not None:
        known = trusted.publishing(step.uses.name)
        if known is not None and known.registry.name in _PACKAGES and step.uses.name != "actions/setup-node":
            given = {name: node.string or "" for name, node in step.with_.items()}
            if _is_public(known, given) and _hands_token(step, known):
                yield context.finding(step.uses, _message(step.uses.name, known.registry.name))
    elif isinstance(step, RunStep) and step.job is not None and any(word in step.script.text for word in _VERBS):
        for shipment in shipping.shipments(step):
            words = [word.text or "" for word in shipment.command.words] if shipment.command else []
            at = next((index for index, word in enumerate(words) if trusted.command(words[index:])), None)
            found = trusted.command(words[at:]) if at is not None else None
            if found is None or found.registry.name not in _PACKAGES or not found.registry.oidc:
                continue
            if found.text in found.registry.no_support or not _goes_public(words, found.registry, step.job):
                continue
            if _uses_secret(step, shipment, found.registry):
                yield context.finding(shipment.place, _message(shipment.what, found.registry.name))


def _message(what: str, registry: str) -> str:
    return (
        f"`{what}` signs in to {registry} with a long-lived secret; use trusted publishing:"
        " register this workflow there, grant `id-token: write`, drop the secret"
    )


def _is_public(known: trusted.Publishing, given: Mapping[str, str]) -> bool:
    for name, globs in known.index_inputs.items():
        if given.get(name) and not any(fnmatchcase(given[name], glob) for glob in globs):
            return False
    return all(any(fnmatchcase(given.get(name, ""), glob) for glob in globs) for name, globs in known.when.items())


def _hands_token(step: UsesStep, known: trusted.Publishing) -> bool:
    return any(_is_secret(step, step.with_.get(name)) for name in known.token_inputs) or any(
        _is_secret(step, step.env.get(name)) for name in known.token_env
    )


def _goes_public(words: list[str], registry: trusted.Registry, job: Job) -> bool:
    for before, word in zip(["", *words], words, strict=False):
        name, equals, value = word.partition("=")
        if (before in _WHERE or (equals and name in _WHERE)) and not any(
            host in (value if equals else word) for host in registry.hosts
        ):
            return False
    urls = (step.input("registry-url") for step in job.steps if isinstance(step, UsesStep))
    return all(url is None or any(host in url.text for host in registry.hosts) for url in urls)


def _uses_secret(step: RunStep, shipment: shipping.Shipment, registry: trusted.Registry) -> bool:
    job = step.job
    for name in registry.credentials:
        for owner in (step, job, job.workflow if job is not None else None):
            node = owner.env.get(name) if owner is not None else None
            if node is not None:
                if _is_secret(step, node):
                    return True
                break
    if shipment.command is None:
        return False
    start = shipment.command.span.start
    end = shipment.command.span.end
    return any(
        start <= expression.span.start < end and _names_secret(secrets.carried(expression))
        for expression in step.script.expressions
    )


def _is_secret(step: Step, node: Node | None) -> bool:
    """Tell whether a value is a secret of the repository, not the token of the run."""
    if node is None:
        return False
    owners = (step, step.job, step.workflow)
    expressions = (each for owner in owners if owner is not None for each in owner.expressions if each.scalar is node)
    return any(_names_secret(secrets.carried(each)) for each in expressions)


def _names_secret(found: list[secrets.Secret]) -> bool:
    return any(secret.name != secrets.TOKEN for secret in found)
