"""Push image tags only from the branches that the policy states.

A tag such as `latest` says something: that this is what `main` built. Once another branch pushes it too, whoever pulls it gets
whatever was pushed last. `only` says from where a tag may be pushed, `always` which tags each push must give,
such as one with the commit. Tags that only the run knows are not judged. Without options this rule says nothing.

```yaml fails
# options: {only: {latest: [main], "v*": [refs/tags/v*]}, always: ["sha-*"]}
on:
  push:
    branches: [main, develop]
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/metadata-action@v5
        id: meta
        with:
          images: ghcr.io/octo-org/app
          tags: |
            type=raw,value=latest # finding
            type=sha
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: ${{ steps.meta.outputs.tags }}
  script:
    runs-on: ubuntu-latest
    steps:
      - run: |
          docker build -t ghcr.io/octo-org/app:latest .
          docker push ghcr.io/octo-org/app:latest  # finding
```

```yaml fails
# options: {always: ["sha-*"]}
on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: ghcr.io/octo-org/app:nightly  # finding
```

```yaml passes
# options: {only: {latest: [main]}, always: ["sha-*"]}
on: [push, pull_request]
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/metadata-action@v5
        id: meta
        with:
          images: ghcr.io/octo-org/app
          tags: |
            type=raw,value=latest,enable={{is_default_branch}}
            type=raw,value=latest,enable=${{ github.ref == 'refs/heads/main' }}
            type=sha
            type=ref,event=branch
      - uses: docker/build-push-action@v6
        with:
          push: ${{ github.event_name != 'pull_request' }}
          tags: ${{ steps.meta.outputs.tags }}
      - if: github.ref_name == 'main'
        run: docker push ghcr.io/octo-org/app:latest
      - run: docker push "ghcr.io/octo-org/app:sha-$GITHUB_SHA"
```
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, image_tags, placed, rule, run_refs


class Options(NamedTuple):
    only: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """From where alone a tag may be pushed, by a glob of the tag: globs of branches, and `refs/tags/…` for git tags."""
    always: tuple[str, ...] = ()
    """Globs of tags, each of which a job that pushes must give."""


_TAGS = "refs/tags/"


@rule(target=Repository, level="error", tags=("delivery", "images"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if not options.only and not options.always:
        return
    told: set[int] = set()
    for each in placed.placed_jobs(repository):
        if each.job.call is not None or (first := id(each.job)) in told:
            continue
        pushed = list(image_tags.pushed_tags(each.job))
        found = [*_elsewhere(each, pushed, context), *_lacking(pushed, context)]
        if found:
            told.add(first)
            yield from found


def _elsewhere(
    each: placed.PlacedJob, pushed: list[image_tags.PushedTag], context: Context[Options]
) -> Iterator[Finding]:
    for tag in pushed:
        refs = next((refs for glob, refs in context.options.only.items() if fnmatchcase(tag.tag, glob)), None)
        if refs is None or (tag.default_branch_only and any(not ref.startswith(_TAGS) for ref in refs)):
            continue
        branches = [ref for ref in refs if not ref.startswith(_TAGS)]
        tags = [ref.removeprefix(_TAGS) for ref in refs if ref.startswith(_TAGS)]
        texts = run_refs.texts_of((*run_refs.conditions_of(each.jobs), *tag.conditions))
        for run in run_refs.other_runs(each.workflow.triggers.values(), branches, tags, texts):
            if run_refs.reaches(each.jobs, run, tag.conditions) is True:
                allowed = ", ".join(f"`{ref}`" for ref in refs) or "nothing"
                shown = tag.tag.replace("\0", "…")
                yield context.finding(
                    tag.place,
                    f"the tag `{shown}` is for {allowed} alone, and {run.what} pushes it too; add a condition on the ref",
                    related=[(run.trigger, "this event starts it")],
                )
                break


def _lacking(pushed: list[image_tags.PushedTag], context: Context[Options]) -> Iterator[Finding]:
    if not pushed or any(tag.tag.strip("\0") == "" for tag in pushed):
        return
    for glob in context.options.always:
        if not any(fnmatchcase(tag.tag, glob) for tag in pushed):
            yield context.finding(pushed[0].place, f"the policy asks for a tag `{glob}` on each image; push one too")
