"""Each control of the pack `staged-delivery`: the example keeps it, and one change breaks it."""

from __future__ import annotations

import pytest
from conftest import Wflint
from made_designs import Break, Change, broken, found, ids, in_markdown

PACK = "staged-delivery"
PIPELINE = ".github/workflows/pipeline.yml"
SCHEDULED = ".github/workflows/scheduled.yml"
SETTINGS = ".github/settings.yml"
REVIEWERS = """\
    reviewers:
      - type: Team
        id: 4120817
"""
MAIN = "type=raw,value=latest,enable=${{ github.ref == 'refs/heads/main' }}"
DEVELOP = "type=raw,value=develop-${{ github.run_number }},enable=${{ github.ref == 'refs/heads/develop' }}"
RELEASE = '      - run: gh release create "release-$GITHUB_RUN_NUMBER" --generate-notes --target "$GITHUB_SHA"\n'
TO_MAIN, TO_DEVELOP = "    if: github.ref == 'refs/heads/main'\n", "    if: github.ref == 'refs/heads/develop'\n"
EITHER = "    if: github.ref_name == 'main' || github.ref_name == 'develop'\n"

DEMO = """\
name: Demo
on:
  push:
    branches: [main]
permissions: {}
jobs:
  demo:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: kubectl set image deployment/demo demo=ghcr.io/made-up/brewery:sha-0a1b2c3d
"""
UPLOAD = """\
      - uses: github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2
        if: always()
        with:
          sarif_file: trivy.sarif
"""


def guarded(condition: str, branches: str) -> Break:
    """Return a deployment that both its condition and the settings of its environment let in from elsewhere."""
    changes = (Change(PIPELINE, condition, EITHER), Change(SETTINGS, branches, "[main, develop]"))
    return Break("4.2", ("branch-guard",), changes)


BREAKS = [
    broken("4.1", "stage-order", PIPELINE, "needs: [lint, unit-tests]\n", "needs: unit-tests\n"),
    broken("4.1", "stage-order", PIPELINE, "needs: [lint, unit-tests]\n", "needs: lint\n"),
    broken(
        "4.1", "stage-order", PIPELINE, f"needs: [integration, security]\n{TO_MAIN}", f"needs: integration\n{TO_MAIN}"
    ),
    broken(
        "4.1",
        "stage-order",
        PIPELINE,
        f"needs: [integration, security]\n{TO_DEVELOP}",
        f"needs: security\n{TO_DEVELOP}",
    ),
    broken("4.1", "stage-order", PIPELINE, "  notify:\n", "  farewell:\n"),
    broken("4.1", "required-steps", PIPELINE, "      - run: mypy src\n", ""),
    guarded(TO_DEVELOP, "[develop]"),
    guarded(TO_MAIN, "[main]"),
    broken("4.2", "env-reviewers-missing", SETTINGS, REVIEWERS, ""),
    broken("4.2", "env-approval-unwanted", SETTINGS, "- name: staging\n", f"- name: staging\n{REVIEWERS}"),
    broken("4.2", "environment-required", ".github/workflows/demo.yml", "", DEMO),
    broken("4.3", "required-steps", PIPELINE, RELEASE, "      - run: gh release list\n"),
    broken("4.4", "image-tag-policy", PIPELINE, MAIN, "type=raw,value=latest"),
    broken("4.4", "image-tag-policy", PIPELINE, DEVELOP, "type=raw,value=develop-${{ github.run_number }}"),
    broken("4.4", "image-tag-policy", PIPELINE, "            type=raw,value=sha-${{ github.sha }}\n", ""),
    broken("4.4", "image-tag-policy", PIPELINE, MAIN, f"{MAIN}\n            type=raw,value=v1.2.3"),
    broken("4.5", "required-workflow", SCHEDULED, '"0 2 * * *"', '"0 2 * * 1-5"'),
    broken("4.5", "timeout-missing", SCHEDULED, "timeout-minutes: 20", "timeout-minutes: 60"),
    broken("4.5", "logs-not-kept", SCHEDULED, "      - if: always()\n        uses", "      - uses"),
    broken("4.6", "sarif-not-uploaded", PIPELINE, "      security-events: write\n", ""),
    broken("4.6", "sarif-not-uploaded", PIPELINE, UPLOAD, ""),
    broken("4.7", "failure-notified", SCHEDULED, "if: failure()", "if: success()"),
    broken("4.7", "failure-notified", PIPELINE, "if: failure()", "if: success()"),
]


def test_the_example_keeps_every_control(wflint: Wflint) -> None:
    assert found(wflint, PACK) == ()


@pytest.mark.parametrize("case", BREAKS, ids=ids(BREAKS))
def test_a_broken_control_is_found_and_nothing_else(wflint: Wflint, case: Break) -> None:
    assert found(wflint, PACK, *case.changes) == case.rules


def test_every_control_is_broken_once() -> None:
    assert {each.control for each in BREAKS} == {f"4.{number}" for number in range(1, 8)}


DOCUMENT = """\
# How we ship

```yaml
on: push
permissions: {}
jobs:
  build-image:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: |
          docker build -t ghcr.io/made-up/app:latest -t ghcr.io/made-up/app:sha-$GITHUB_SHA .
          docker push ghcr.io/made-up/app:latest
          docker push ghcr.io/made-up/app:sha-$GITHUB_SHA
  security:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0
        with:
          image-ref: ghcr.io/made-up/app
          format: sarif
          output: trivy.sarif
  deploy-production:
    needs: build-image
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment: production
    steps:
      - run: kubectl set image deployment/app app=ghcr.io/made-up/app:sha-$GITHUB_SHA
```

```yaml
environments:
  - name: production
    wait_timer: 10
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: {strict: false, contexts: [lint]}
      enforce_admins: true
      restrictions: null
```
"""


def test_the_defects_of_a_document_are_found_in_its_blocks(wflint: Wflint) -> None:
    assert in_markdown(wflint, PACK, DOCUMENT) == [
        ("branch-guard", 24),
        ("env-reviewers-missing", 35),
        ("failure-notified", 4),
        ("image-tag-policy", 13),
        ("required-check-no-producer", 41),
        ("required-steps", 4),
        ("required-workflow", 4),
        ("sarif-not-uploaded", 22),
        ("stage-order", 7),
        ("stage-order", 15),
        ("stage-order", 24),
    ]
