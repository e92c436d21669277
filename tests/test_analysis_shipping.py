import pytest

from wflint.analysis import condition, shipping
from wflint.model.index import targets
from wflint.model.workflow import Workflow
from wflint.source.source import Source
from wflint.source.yaml import parse


def workflow(text: str) -> Workflow:
    return targets(parse(Source(".github/workflows/ci.yml", "workflow", text)), Workflow)[0]


@pytest.mark.parametrize(
    ("step", "kind", "what"),
    [
        ("run: npm publish --access public", "package", "npm publish"),
        ("run: make && docker push image", "image", "docker push"),
        ("run: npm publish --dry-run", None, None),
        ("run: echo npm publish", None, None),
        ("{uses: docker/build-push-action@v6, with: {push: true}}", "image", "docker/build-push-action"),
        (
            "{uses: docker/build-push-action@v6, with: {push: '${{ inputs.push }}'}}",
            "image",
            "docker/build-push-action",
        ),
        ("{uses: docker/build-push-action@v6, with: {outputs: 'type=docker,dest=${{ x }}.tar'}}", None, None),
        ("{uses: actions/deploy-pages@v4}", "pages", "actions/deploy-pages"),
        ("{uses: actions/checkout@v4}", None, None),
    ],
)
def test_what_a_job_ships(step: str, kind: str | None, what: str | None) -> None:
    found = shipping.ships(workflow(f"on: push\njobs:\n  a:\n    steps:\n    - {step}\n").jobs["a"])
    assert (found.kind if found else None, found.what if found else None) == (kind, what)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("github.ref == 'refs/heads/main'", True),
        ("github.event_name == 'pull_request'", False),
        ("startsWith(github.ref, 'refs/tags/')", False),
        ("github.repository == 'a/b'", None),
        ("github.repository == 'a/b' && github.ref_type == 'tag'", False),
        ("((", None),
    ],
)
def test_conditions_in_a_push_to_a_branch(text: str, holds: bool | None) -> None:
    job = workflow(f"on: push\njobs:\n  a:\n    if: {text}\n").jobs["a"]
    assert condition.holds(job.condition, **condition.push_to("main")) is holds


def test_no_condition_always_holds() -> None:
    assert condition.holds(None) is True
