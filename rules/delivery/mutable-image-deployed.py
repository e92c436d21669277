"""Deploy images by a tag that does not move.

`latest`, and a tag that is named like a branch, mean another image tomorrow: the cluster starts it when a pod moves, nobody
can say what ran last week, and going back to the tag before is not possible. Deploy the tag of the commit, or the digest.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: kubectl set image deployment/app app=ghcr.io/octo-org/app:latest  # finding
      - run: helm upgrade app ./chart --set image.tag=main  # finding
      - uses: google-github-actions/deploy-cloudrun@v2
        with:
          image: gcr.io/octo-org/app  # finding
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          kubectl set image deployment/app app=ghcr.io/octo-org/app:sha-${{ github.sha }}
          kubectl set image deployment/app "app=$IMAGE"
          helm upgrade app ./chart --set image.tag=v1.4.2,replicas=3
      - uses: google-github-actions/deploy-cloudrun@v2
        with:
          image: gcr.io/octo-org/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Step, image_tags, rule


class Options(NamedTuple):
    mutable: tuple[str, ...] = (
        "latest",
        "main",
        "master",
        "develop",
        "dev",
        "staging",
        "stage",
        "production",
        "prod",
        "stable",
        "edge",
        "nightly",
        "canary",
    )
    """Globs of tags that move."""


@rule(target=Step, level="warning", tags=("delivery", "deployment", "images"), options=Options)
def check(step: Step, context: Context[Options]) -> Iterator[Finding]:
    for deployed in image_tags.deployed_images(step):
        image = deployed.image
        if image.digest is not None:
            continue
        if image.tag is None and "\0" not in deployed.text and image.name:
            yield context.finding(
                deployed.place, f"`{deployed.text}` has no tag, which means `latest`: another image tomorrow; name one"
            )
        elif image.tag is not None and any(fnmatchcase(image.tag, glob) for glob in context.options.mutable):
            yield context.finding(
                deployed.place,
                f"the tag `{image.tag}` is another image tomorrow; deploy the commit's tag, or the digest",
            )
