"""Each control of the pack `etl-platform`: the example keeps it, and one change breaks it."""

from __future__ import annotations

import pytest
from conftest import Wflint
from made_designs import Break, broken, found, ids, in_markdown

PACK = "etl-platform"
CI = ".github/workflows/ci.yml"
DEPLOY = ".github/workflows/deploy.yml"
SETTINGS = ".github/settings.yml"
HOOKS = ".pre-commit-config.yaml"
UPLOAD = """\
      - uses: github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2
        if: always()
        with:
          sarif_file: trivy.sarif
"""
UNDO = """\
      - name: Roll back
        if: failure()
        run: kubectl rollout undo --namespace etl deployment/backend
"""
HEALTH = """\
            curl --fail https://api.etl.example/health && exit 0
            sleep 30
          done
          echo "not healthy after ten tries"
          exit 1
"""
GREEN = """\
            curl --fail https://api.etl.example/health && break
            sleep 30
          done
          echo "asked ten times"
"""
PROTECTED = """\
    deployment_branch_policy:
      protected_branches: true
      custom_branch_policies: false
"""
REVIEWERS = """\
    reviewers:
      - type: Team
        id: 4120815
"""
LOGIN = "docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0"
TRIVY = "aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1 # 0.35.0"
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
CACHE = "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5"
STAGING_KEY = "KUBECONFIG_DATA: ${{ secrets.STAGING_KUBE_CONFIG }}"
RELEASE = f"""\
name: Release
on:
  push:
    tags: ["v*"]
permissions: {{}}
jobs:
  release:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      packages: write
    steps:
      - uses: {CACHE}
        with:
          path: ~/.cache/pypoetry
          key: poetry-${{{{ hashFiles('backend/poetry.lock') }}}}
      - run: docker push ghcr.io/octo-org/etl-backend:${{{{ github.sha }}}}
"""
JOBS = f"""\
name: Jobs
on: workflow_dispatch
permissions: {{}}
jobs:
  jobs:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: {CHECKOUT}
        with:
          persist-credentials: false
      - run: kubectl apply -f k8s/jobs/
"""

BREAKS = [
    broken("2.1", "checks-not-up-to-date", SETTINGS, "strict: true", "strict: false"),
    broken("2.1", "required-checks-missing", SETTINGS, "          - frontend-test\n", ""),
    broken("2.1", "admins-bypass", SETTINGS, "enforce_admins: true", "enforce_admins: false"),
    broken("2.1", "required-reviewers-low", SETTINGS, "review_count: 2", "review_count: 1"),
    broken("2.1", "stale-approvals-kept", SETTINGS, "dismiss_stale_reviews: true", "dismiss_stale_reviews: false"),
    broken("2.1", "codeowners-not-enforced", SETTINGS, "owner_reviews: true", "owner_reviews: false"),
    broken("2.1", "push-unrestricted", SETTINGS, "teams: [core-team]", "teams: [core-team, everybody]"),
    broken(
        "2.2", "required-check-no-producer", SETTINGS, "          - backend-test (3.13)\n", "          - backend-test\n"
    ),
    broken(
        "2.3",
        "stage-order",
        CI,
        f"uses: {TRIVY}",
        "uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0",
    ),
    broken("2.3", "scan-not-blocking", CI, 'exit-code: "1"', 'exit-code: "0"'),
    broken("2.3", "scan-not-blocking", CI, "severity: CRITICAL,HIGH", "severity: CRITICAL"),
    broken("2.4", "sarif-not-uploaded", CI, UPLOAD, ""),
    broken("2.4", "sarif-not-uploaded", CI, "      security-events: write\n", ""),
    broken("2.5", "stage-order", DEPLOY, "needs: e2e", "needs: staging"),
    broken("2.6", "environment-required", ".github/workflows/jobs.yml", "", JOBS),
    broken("2.6", "env-reviewers-missing", SETTINGS, REVIEWERS, ""),
    broken(
        "2.6",
        "env-unprotected",
        SETTINGS,
        f"  - name: staging\n{PROTECTED}",
        "  - name: staging\n    deployment_branch_policy: null\n",
    ),
    broken(
        "2.7",
        "stage-order workflow-run-unguarded",
        DEPLOY,
        "if: github.event.workflow_run.conclusion == 'success' && github",
        "if: github",
    ),
    broken("2.7", "branch-guard", DEPLOY, "    branches: [main]\n", ""),
    broken(
        "2.8",
        "mutable-image-deployed",
        DEPLOY,
        'backend="$IMAGE"\n          kubectl set env',
        "backend=ghcr.io/octo-org/etl-backend:main\n          kubectl set env",
    ),
    broken(
        "2.8", "manifest-image-mutable", "k8s/backend.yaml", ":sha-0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", ":latest"
    ),
    broken("2.8", "unpinned-image", CI, "postgres:17.6", "postgres:latest"),
    broken("2.9", "unpinned-uses", CI, LOGIN, "docker/login-action@v4"),
    broken("2.9", "branch-ref", CI, LOGIN, "docker/login-action@master"),
    broken("2.10", "deprecated-action-version", CI, CACHE, "actions/cache@v2"),
    broken("2.11", "retry-always-green", DEPLOY, HEALTH, GREEN),
    broken("2.12", "rollback-missing", DEPLOY, UNDO, ""),
    broken(
        "2.13", "secret-in-run", DEPLOY, 'DATABASE_URL="$DATABASE_URL"', 'DATABASE_URL="${{ secrets.DATABASE_URL }}"'
    ),
    broken("2.14", "required-steps", CI, "          poetry run ruff check .\n", ""),
    broken("2.14", "required-steps", CI, "poetry run mypy .", "poetry run mypy . || true"),
    broken("2.14", "required-steps", CI, "          poetry run pip-audit\n", ""),
    broken("2.14", "required-steps", CI, " --cov=app --cov-report=xml", ""),
    broken("2.15", "precommit-required-hooks", HOOKS, "      - id: check-json\n", ""),
    broken("2.15", "precommit-mutable-rev", HOOKS, "rev: v1.18.2", "rev: master"),
    broken("2.16", "cache-key-lockfile", CI, "backend/poetry.lock", "backend/pyproject.toml"),
    broken("2.16", "cache-poisoning", ".github/workflows/release.yml", "", RELEASE),
    broken(
        "2.17", "secret-inventory", DEPLOY, STAGING_KEY, f"{STAGING_KEY}\n          OTHER: ${{{{ secrets.OTHER }}}}"
    ),
    broken(
        "2.17",
        "secret-inventory",
        DEPLOY,
        STAGING_KEY,
        f"{STAGING_KEY}\n          OTHER: ${{{{ secrets.PROD_KUBE_CONFIG }}}}",
    ),
    broken("2.17", "secret-unused", DEPLOY, "          ANTHROPIC_API_KEY: ${{ secrets.ANTHROPIC_API_KEY }}\n", ""),
]


def test_the_example_keeps_every_control(wflint: Wflint) -> None:
    assert found(wflint, PACK) == ()


@pytest.mark.parametrize("each", BREAKS, ids=ids(BREAKS))
def test_a_broken_control_is_found(wflint: Wflint, each: Break) -> None:
    assert found(wflint, PACK, *each.changes) == each.rules


def test_every_control_is_broken_once() -> None:
    assert {each.control for each in BREAKS} == {f"2.{number}" for number in range(1, 18)}


SKETCH = """\
# How the shop is shipped

```yaml
name: Tests
on:
  pull_request:
permissions: {}
jobs:
  api-test:
    strategy:
      matrix:
        python: ["3.13", "3.14"]
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - run: echo tested
  image-scan:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: aquasecurity/trivy-action@master
        with:
          image-ref: ghcr.io/octo-org/shop:${{ github.sha }}
          format: sarif
          output: scan.sarif
      - uses: github/codeql-action/upload-sarif@v2
        with:
          sarif_file: scan.sarif
```

```yaml
deploy-production:
  runs-on: ubuntu-24.04
  timeout-minutes: 10
  environment: production
  permissions: {}
  steps:
    - run: kubectl set image deployment/shop shop=ghcr.io/octo-org/shop:latest
      env:
        KUBECONFIG_DATA: ${{ secrets.CLUSTER_KEY }}
    - run: |
        for i in {1..5}; do
          if curl --fail https://shop.example/health; then
            break
          fi
          sleep 10
        done
    - uses: actions/upload-artifact@v3
      with:
        path: results
```

```yaml
required_status_checks:
  strict: true
  contexts:
    - api-test
    - image-scan
enforce_admins: true
required_pull_request_reviews:
  required_approving_review_count: 1
restrictions: null
```

```yaml
- name: Tell the team
  run: curl --data '{"text":"rolled back"}' ${{ secrets.SLACK_WEBHOOK_URL }}
- uses: actions/cache@v3
  with:
    path: ~/.npm
    key: ${{ runner.os }}-npm
```
"""


def test_a_document_with_the_same_defects(wflint: Wflint) -> None:
    assert in_markdown(wflint, PACK, SKETCH) == [
        ("branch-ref", 23),
        ("cache-key-lockfile", 73),
        ("deprecated-action-version", 28),
        ("deprecated-action-version", 50),
        ("deprecated-action-version", 70),
        ("mutable-image-deployed", 40),
        ("push-unrestricted", 64),
        ("required-check-no-producer", 59),
        ("required-checks-missing", 58),
        ("required-reviewers-low", 63),
        ("required-steps", 4),
        ("retry-always-green", 45),
        ("rollback-missing", 34),
        ("sarif-not-uploaded", 28),
        ("scan-not-blocking", 23),
        ("secret-in-run", 69),
        ("secret-inventory", 42),
        ("stage-order", 4),
        ("stage-order", 17),
        ("stale-approvals-kept", 62),
    ]
