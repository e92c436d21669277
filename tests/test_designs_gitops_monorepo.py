"""Each control of the pack `gitops-monorepo`: the example keeps it, and one change breaks it."""

from __future__ import annotations

import pytest
from conftest import Wflint
from made_designs import Break, broken, found, ids, in_markdown

PACK = "gitops-monorepo"
CI = ".github/workflows/ci.yml"
CD = ".github/workflows/cd.yml"
SECURITY = ".github/workflows/security.yml"
PACKAGE = ".github/workflows/package-dataenginex.yml"
LIBRARY = ".github/workflows/release-dataenginex.yml"
APPLICATION = ".github/workflows/release-careerdex.yml"
RULESET = ".github/rulesets/branches.json"
APPLICATIONS = "infra/argocd/applications.yaml"
PRODUCTION = "infra/argocd/overlays/prod/kustomization.yaml"
PULL_REQUEST = """\
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": false,
        "require_last_push_approval": true,
        "required_review_thread_resolution": false
      }
    },
"""
PUSH = """\
name: Push
on: workflow_dispatch
permissions: {}
jobs:
  push:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: git push origin HEAD:main
"""
OLD = """\
name: Release
on: workflow_dispatch
permissions: {}
jobs:
  release:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo replaced
"""
SUCCEEDED = "github.event.workflow_run.conclusion == 'success' && "
STABLE = "    if: ${{ !contains(github.ref_name, '-rc') && !contains(github.ref_name, '-beta') }}\n"
TITLE = "amannn/action-semantic-pull-request@48f256284bd46cdaab1048c3721360e808335d50 # v6.1.1"
LABELLED = " || contains(github.event.pull_request.labels.*.name, 'full-test')"
PUBLISH = "      - run: uv publish --trusted-publishing always\n"
TOKEN = "      - run: uv publish\n        env:\n          UV_PUBLISH_TOKEN: ${{ secrets.PYPI_TOKEN }}\n"

BREAKS = [
    broken(
        "5.1", "required-workflow", SECURITY, "  push:\n    branches: [main, dev]\n", "  push:\n    branches: [main]\n"
    ),
    broken(
        "5.1",
        "required-workflow",
        CI,
        "  push:\n    branches: [main, dev]\n  pull",
        "  push:\n    branches: [main]\n  pull",
    ),
    broken("5.1", "required-steps", SECURITY, "pipx run semgrep==1.143.0 scan", "make scan"),
    broken("5.1", "scan-not-blocking", CD, '          exit-code: "1"\n', ""),
    broken("5.1", "scan-not-blocking", CD, "severity: CRITICAL", "severity: HIGH"),
    broken(
        "5.1",
        "stage-order",
        CD,
        "needs: [image, scan]\n    if: github.event.workflow_run.head_branch == 'main'",
        "needs: image\n    if: github.event.workflow_run.head_branch == 'main'",
    ),
    broken("5.2", "workflow-run-unguarded", CD, SUCCEEDED, ""),
    broken("5.3", "kustomization-mutable-tag", PRODUCTION, "sha-0a1b2c3d", "latest"),
    broken("5.3", "direct-push-allowed", RULESET, PULL_REQUEST, ""),
    broken("5.3", "workflow-pushes-protected", ".github/workflows/push.yml", "", PUSH),
    broken(
        "5.3", "image-tag-policy", CD, "dex:sha-${{ steps.commit.outputs.short }}", "dex:build-${{ github.run_number }}"
    ),
    broken("5.4", "argo-wrong-revision", APPLICATIONS, "targetRevision: dev\n", "targetRevision: main\n"),
    broken(
        "5.4",
        "argo-wrong-revision",
        APPLICATIONS,
        "targetRevision: main\n    path: infra/argocd/overlays/prod",
        "path: infra/argocd/overlays/prod",
    ),
    broken(
        "5.4",
        "argo-automated-sync",
        APPLICATIONS,
        "    namespace: dex-prod\n",
        "    namespace: dex-prod\n  syncPolicy: {automated: {}}\n",
    ),
    broken("5.4", "branch-guard", CD, "head_branch == 'dev'", "head_branch != 'none'"),
    broken("5.5", "package-triggers", PACKAGE, '["packages/dataenginex/**"]', '["packages/**", "src/**"]'),
    broken("5.5", "package-triggers", APPLICATION, '"careerdex-v*"', '"*-v*"'),
    broken("5.6", "stage-order", LIBRARY, "needs: test-index", "needs: build"),
    broken("5.6", "prerelease-promoted", LIBRARY, STABLE, ""),
    broken("5.6", "use-trusted-publishing", LIBRARY, PUBLISH, TOKEN),
    broken("5.7", "signatures-not-required", RULESET, '    {"type": "required_signatures"},\n', ""),
    broken("5.7", "attestation-permissions", CD, "      attestations: write\n", ""),
    broken("5.7", "required-steps", CD, "anchore/sbom-action@", "made-up/list-parts@"),
    broken("5.8", "label-gate-missing", CI, LABELLED, " || github.event_name == 'pull_request'"),
    broken(
        "5.9",
        "required-steps",
        CI,
        '      - run: ./scripts/pr-size.sh 500 "origin/$BASE"',
        '      - run: git diff "origin/$BASE"',
    ),
    broken("5.10", "replaced-workflow", ".github/workflows/release.yml", "", OLD),
    broken("5.11", "unlocked-install", CI, "uv sync --locked --group dev\n", "uv sync --group dev\n"),
]


def test_the_example_keeps_every_control(wflint: Wflint) -> None:
    assert found(wflint, PACK) == ()


@pytest.mark.parametrize("case", BREAKS, ids=ids(BREAKS))
def test_a_broken_control_is_found_and_nothing_else(wflint: Wflint, case: Break) -> None:
    assert found(wflint, PACK, *case.changes) == case.rules


def test_every_control_is_broken_once() -> None:
    assert {each.control for each in BREAKS} == {f"5.{number}" for number in range(1, 12)}


DOCUMENT = """\
# How we ship

```yaml
name: CD
on:
  workflow_run:
    workflows: [CI]
permissions: {}
jobs:
  image:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      packages: write
    steps:
      - uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
        with:
          push: true
          tags: ghcr.io/made-up/app:latest
      - uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2
        with:
          subject-path: dist
```

```yaml
on:
  release:
    types: [published]
permissions: {}
jobs:
  index:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment: pypi
    steps:
      - run: uv sync
      - run: uv publish
        env:
          UV_PUBLISH_TOKEN: ${{ secrets.PYPI_TOKEN }}
```

```yaml
Require status checks to pass: [lint]
Require signed commits: no
```
"""


def test_the_defects_of_a_document_are_found_in_its_blocks(wflint: Wflint) -> None:
    assert in_markdown(wflint, PACK, DOCUMENT) == [
        ("attestation-permissions", 20),
        ("dangerous-trigger", 6),
        ("image-tag-policy", 19),
        ("missing-checkout", 36),
        ("prerelease-promoted", 31),
        ("required-check-no-producer", 43),
        ("required-steps", 4),
        ("signatures-not-required", 44),
        ("stage-order", 31),
        ("unlocked-install", 36),
        ("use-trusted-publishing", 37),
        ("workflow-run-unguarded", 10),
    ]
