"""Tags that are pushed, images that are deployed, retries, and files in the workspace."""

import pytest
from test_analysis_select import repository

from wflint.analysis.image_tags import deployed_images, pushed_tags
from wflint.analysis.retries import green_retries
from wflint.analysis.workspace import downloaded_to, first_use, is_empty_at_start, leaves_empty
from wflint.model.job import Job
from wflint.model.script import Script
from wflint.shell import parse


def job(steps: str, runner: str = "ubuntu-latest") -> Job:
    text = f"on: push\njobs:\n  a:\n    runs-on: {runner}\n    steps:\n{steps}"
    return repository(ci=text).workflows[0].jobs["a"]


def build(tags: str, push: str = "true") -> str:
    return f"      - uses: docker/build-push-action@v6\n        with:\n          push: {push}\n          tags: {tags}\n"


def test_tags_of_a_build() -> None:
    found = pushed_tags(job(build("'o/app:latest,o/app:sha-${{ github.sha }},o/app:${{ github.ref_name }},o/app'")))
    assert [each.tag[:6] for each in found] == ["latest", "sha-01", "\0", "latest"]


def test_a_build_that_pushes_nothing() -> None:
    assert not list(pushed_tags(job(build("o/app:latest", push="false"))))


def test_tags_of_the_metadata_action() -> None:
    lines = [
        "type=raw,value=latest,enable={{is_default_branch}}",
        "type=raw,value=off,enable=false",
        "type=sha",
        "type=sha,prefix=,format=long",
        "type=semver,pattern=v{{version}}",
        "type=ref,event=branch",
        "type=raw,value=main,enable=${{ github.ref_name == 'main' }}",
        "# a comment",
    ]
    tags = "".join(f"            {line}\n" for line in lines)
    metadata = f"      - uses: docker/metadata-action@v5\n        with:\n          tags: |\n{tags}"
    found = list(pushed_tags(job(metadata + build("${{ steps.meta.outputs.tags }}"))))
    assert [each.tag[:8] for each in found] == ["latest", "sha-0123", "01234567", "v\0", "\0", "main"]
    assert [each.default_branch_only for each in found] == [True, False, False, False, False, False]
    assert [len(each.conditions) for each in found] == [1, 1, 1, 1, 1, 2]


def test_tags_that_commands_push() -> None:
    script = 'docker build -t o/a:x .\n          docker push o/a:x\n          docker push "o/a:$GITHUB_SHA"'
    more = "docker buildx build --push -t o/b:1 --tag o/b:2 ."
    found = pushed_tags(job(f"      - run: |\n          {script}\n          {more}\n"))
    assert [each.tag[:3] for each in found] == ["x", "012", "1", "2"]


@pytest.mark.parametrize(
    ("run", "tags"),
    [
        ("kubectl set image deployment/app app=o/app:v1 side=o/side", ["v1", None]),
        ("helm upgrade app . --set image.tag=latest,replicas=2 --set-string sidecar.image.tag=v2", ["latest", "v2"]),
        ("gcloud run deploy app --image=gcr.io/o/app:main", ["main"]),
        ("kustomize edit set image app=o/app:dev", ["dev"]),
        ("kubectl get pods -l app=x", []),
    ],
)
def test_images_that_commands_deploy(run: str, tags: list[str | None]) -> None:
    step = job(f"      - run: {run}\n").steps[0]
    assert [each.image.tag for each in deployed_images(step)] == tags


@pytest.mark.parametrize(
    "script",
    [
        "for i in 1 2; do make && break; sleep 1; done",
        "for i in {1..5}; do if make; then break; fi; sleep 1; done",
        "for i in $(seq 5); do make && break || sleep 1; done; echo done",
        "n=0; while [ $n -lt 3 ]; do make && break; n=$((n+1)); done",
    ],
)
def test_retries_that_are_always_green(script: str) -> None:
    assert [retry.tried.program for retry in green_retries(parse(script))] == ["make"]


@pytest.mark.parametrize(
    "script",
    [
        "for i in 1 2; do make && break; done",
        "for i in 1 2; do make && exit 0; sleep 1; done; exit 1",
        "for i in 1 2; do make && break; sleep 1; done; make check",
        "for i in 1 2; do make && break; [ $i = 2 ] && exit 1; sleep 1; done",
        "for f in a b; do make $f && break; sleep 1; done",
        "while true; do make && break; sleep 1; done",
        "until make; do sleep 1; done",
        "for i in 1 2; do for j in 1 2; do make && break; sleep 1; done; done",
        "for i in 1 2; do make || break; sleep 1; done",
        "try() { for i in 1 2; do make && break; sleep 1; done; }",
        "for i in 1 2; do [ -e x ] && break; sleep 1; done",
    ],
)
def test_retries_that_may_fail_or_may_not_matter(script: str) -> None:
    assert not list(green_retries(parse(script)))


def script(text: str) -> Script:
    lines = "".join(f"          {line}\n" for line in text.split("\n"))
    return job(f"      - run: |\n{lines}").scripts[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("npm ci", "npm ci"),
        ("echo hello\nnpm ci", "npm ci"),
        ("cd scripts/data && npm ci", "cd scripts/data"),
        ("./build.sh", "./build.sh"),
        ("pip install -r requirements.txt", "pip install -r"),
        ("git clone x && npm ci", ""),
        ("git init && git add .", ""),
        ("git config --global a.b c\ngit commit -m x", "git commit -m"),
        ("git config user.name x", "git config user.name"),
        ("cd ..", ""),
        ('cd "$HOME"', ""),
        ("echo x > package.json\nnpm ci", ""),
        ("if [ -f x ]; then npm ci; fi", ""),
        ("npm ci --prefix /opt/app", ""),
        ("npm ci || true", ""),
    ],
)
def test_first_use_of_the_repository(text: str, what: str) -> None:
    use = first_use(script(text))
    assert use is not None
    assert use.what == what


def test_artifacts_fill_a_folder_or_the_workspace() -> None:
    download = "      - uses: actions/download-artifact@v4\n        with: {path: '%s'}\n"
    paths = ("./dist/app", "${{ github.workspace }}", "out")
    found = [downloaded_to(job(download % path).steps[0]) for path in paths]  # type: ignore[arg-type]
    assert found == ["dist", "", "out"]
    assert first_use(script("cd dist"), {"dist"}) == (None, "")
    assert (first_use(script("cd src"), {"dist"}) or (None, ""))[1] == "cd src"
    assert first_use(script("npm ci"), {""}) == (None, "")


def test_scripts_that_use_no_file() -> None:
    assert first_use(script("echo hello >> $GITHUB_STEP_SUMMARY\nset -x")) is None


def test_machines_and_actions_that_bring_nothing() -> None:
    steps = job("      - uses: actions/setup-node@v4\n      - uses: actions/cache@v4\n").steps
    assert [leaves_empty(step) for step in steps] == [True, False]  # type: ignore[arg-type]
    hosted = [job("      - run: x\n", runner).runs_on for runner in ("ubuntu-24.04", "[self-hosted, linux]", "big")]
    assert [is_empty_at_start(each) for each in hosted if each is not None] == [True, False, False]
