"""What run scripts install."""

import pytest

from wflint import shell
from wflint.analysis import installs


@pytest.mark.parametrize(
    ("script", "packages"),
    [
        ("pip install requests httpx", ["requests", "httpx"]),
        ("python3 -m pip install -U --index-url https://a/simple requests 'build==1'", ["requests"]),
        ("sudo pip3 install 'a[b]' c>=1", ["a[b]", "c"]),
        ("uv tool install ruff", ["ruff"]),
        ("uv pip install --index-strategy unsafe-best-match ruff", ["ruff"]),
        ("npm i -g vercel@latest @scope/tool", ["vercel", "@scope/tool"]),
        ("pnpm add --global vercel", ["vercel"]),
        ("yarn global add vercel", ["vercel"]),
        ("gem install bundler", ["bundler"]),
        ("cargo install --locked --root x cargo-deny", ["cargo-deny"]),
        ("go install example.com/tool@latest", ["example.com/tool"]),
        ("pip install -r requirements.txt requests", None),
        ("pip install . ./dist/a.whl /tmp/b git+https://a/b https://a/c.whl d.whl", None),
        ("pip install --upgrade pip setuptools wheel", None),
        ("pip install $PACKAGE ${{ inputs.package }}", None),
        ("pip install -c constraints.txt requests", None),
        ("pip install a==1 b~=2 'c @ https://a/c'", None),
        ("npm install", None),
        ("npm install left-pad@1.3.0 @scope/tool@2 ./local", None),
        ("gem install bundler:2.5 rake -v 13", None),
        ("cargo install cargo-deny@0.16.1", None),
        ("cargo install --path .", None),
        ("go install ./cmd/...", None),
        ("go get example.com/tool@v1.2.3", None),
        ("yarn add left-pad", None),
        ("pip download requests", None),
        ("pip", None),
        ("echo pip install x", None),
    ],
)
def test_unpinned(script: str, packages: list[str] | None) -> None:
    [command] = shell.parse(script).commands
    found = installs.unpinned(command)
    assert (list(found.packages) if found is not None else None) == packages


def test_example_is_as_the_manager_wants_it() -> None:
    scripts = ["pip install a", "npm install a", "gem install a", "go install a@latest"]
    found = [installs.unpinned(shell.parse(script).commands[0]) for script in scripts]
    assert [each.example for each in found if each] == ["a==1.2.3", "a@1.2.3", "a:1.2.3", "a@v1.2.3"]


@pytest.mark.parametrize(
    ("script", "rewrites"),
    [
        ("npm install", True),
        ("npm i --no-audit", True),
        ("npm ci", False),
        ("npm install -g", False),
        ("npm install left-pad", False),
        ("npm install --no-package-lock", False),
        ("yarn install", False),
    ],
)
def test_rewrites_lock(script: str, rewrites: bool) -> None:
    assert installs.rewrites_lock(shell.parse(script).commands[0]) == rewrites


@pytest.mark.parametrize(
    ("script", "better"),
    [
        ("uv sync", "uv sync --locked"),
        ("uv sync --group dev", "uv sync --locked"),
        ("uv sync --locked", None),
        ("uv pip install -r requirements.txt", "pip install --require-hashes -r"),
        ("pip install -e '.[dev]'", "pip install --require-hashes -r"),
        ("pip install --no-deps .", None),
        ("pip install ./dist/app.whl", None),
        ("pip install ruff", None),
        ("npm install", "npm ci"),
        ("npm install left-pad", None),
        ("npm ci", None),
        ("yarn", "yarn --immutable"),
        ("yarn test", None),
        ("yarn install --immutable", None),
        ("bun install", "bun install --frozen-lockfile"),
        ("bun install left-pad", None),
        ("pipenv install --deploy", None),
    ],
)
def test_what_keeps_a_project_to_its_lock_file(script: str, better: str | None) -> None:
    (command,) = shell.parse(script).commands
    assert installs.lock_flag(command) == better
