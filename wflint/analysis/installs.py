"""Package managers in run scripts: what is installed by name, and whether its version is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wflint.shell import HOLE, Command, Word


class Install(NamedTuple):
    """Packages that a command installs without saying which version."""

    command: Command
    packages: tuple[str, ...]
    """As written, without a version."""
    example: str
    """The first of them with a version, as its package manager wants it."""


class _Manager(NamedTuple):
    starts: tuple[tuple[str, ...], ...]
    """The words before the packages."""
    separator: str
    """What stands between a package and its version."""
    valued: frozenset[str] = frozenset()
    """Options that take the next word."""
    pins: frozenset[str] = frozenset()
    """Options that say the version, the source, or that everything comes from a lock file or a local place."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PIP = _Manager(
    (("install",),),
    "==",
    _set(
        "-i --index-url --extra-index-url -f --find-links -t --target --prefix --root --python --platform -p "
        "--index-strategy --prerelease --resolution --upgrade-strategy --progress-bar --log --cache-dir --src "
        "--only-binary --no-binary --trusted-host --timeout --retries --default-index --index --with --refresh-package"
    ),
    _set(
        "-r --requirement -c --constraint --require-hashes --no-index -e --editable --no-deps --group --dry-run"
        " --requirements --constraints"
    ),
)
_MANAGERS: dict[str, _Manager] = {
    "pip": _PIP,
    "pip3": _PIP,
    "uv": _PIP._replace(starts=(("pip", "install"), ("tool", "install"))),
    "pipx": _PIP._replace(starts=(("install",),), pins=_set("--spec")),
    "npm": _Manager(
        (("install",), ("i",), ("add",)),
        "@",
        _set("--prefix --registry -C --loglevel --cache --workspace -w --tag --userconfig --omit --include"),
        _set("--package-lock-only --dry-run"),
    ),
    "yarn": _Manager((("global", "add"),), "@"),
    "pnpm": _Manager((("add",), ("install",), ("i",)), "@", _set("--dir -C --filter -F --registry --prefix")),
    "gem": _Manager(
        (("install",),),
        ":",
        _set("-i --install-dir -n --bindir -P --trust-policy --platform -s --source --document"),
        _set("-v --version -g --file -l --local --default"),
    ),
    "cargo": _Manager(
        (("install",), ("binstall",)),
        "@",
        _set(
            "--root --target --features -F --profile --jobs -j --bin --example --registry --index --target-dir "
            "--disable-strategies --strategies --maximum-resolution-timeout"
        ),
        _set("--version --vers --path --git --rev --tag --list"),
    ),
    "go": _Manager((("install",), ("get",)), "@", _set("-tags -ldflags -gcflags -o -mod")),
}
_VERSIONED = {
    "==": re.compile(r"==|~=|[<>!]=?|@|://|\.(?:whl|tar\.gz|zip)$"),
    "@": re.compile(r".@(?!(?:latest|main|master|next)$)"),
    ":": re.compile(r":|\.gem$"),
}
_LOCAL = (".", "/", "~", "file:", "git+", "http:", "https:", "git@", "github:", "*")
_OWN_TOOLS = frozenset({"pip", "setuptools", "wheel"})
_FLOATING = re.compile(r"(.)@(?:latest|main|master|next)$")


def unpinned(command: Command) -> Install | None:
    """Return what a command installs by name without a version; None where it installs nothing so, or nobody can tell.

    Local paths, addresses, files of requirements, variables and what a lock file or constraints decide are left out. So
    are pip, setuptools and wheel, which nearly everybody brings up to date first.
    """
    program, words = _module(command)
    manager = _MANAGERS.get(program or "")
    if manager is None:
        return None
    start = next((each for each in manager.starts if _texts(words[: len(each)]) == list(each)), None)
    if start is None:
        return None
    rest = words[len(start) :]
    if any(word.shape.partition("=")[0] in manager.pins for word in rest):
        return None
    packages = [
        _FLOATING.sub(r"\1", name) for name in _named(rest, manager) if _needs_version(program or "", name, manager)
    ]
    if not packages:
        return None
    return Install(command, tuple(packages), f"{packages[0]}{manager.separator}{'v' if program == 'go' else ''}1.2.3")


def _module(command: Command) -> tuple[str | None, Sequence[Word]]:
    """Return the package manager and the words behind it; `python -m pip` is pip."""
    words = command.arguments
    if (command.program or "").startswith("python") and len(words) > 1 and words[0].text == "-m":
        return words[1].text, words[2:]
    return command.program, words


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.shape for word in words]


def _named(words: Sequence[Word], manager: _Manager) -> Iterator[str]:
    skip = False
    for word in words:
        text = word.shape
        if skip or text.startswith("-"):
            skip = not skip and text in manager.valued
        elif HOLE not in text and text and not text.startswith(_LOCAL):
            yield text


def _needs_version(program: str, name: str, manager: _Manager) -> bool:
    if manager.separator == "==" and (name.lower() in _OWN_TOOLS or "/" in name or "[" in name[:1]):
        return False
    if program == "go" and not name.endswith(("@latest", "@main", "@master")):
        return False
    return _VERSIONED[manager.separator].search(name) is None and (name[-1:] != ".")


def rewrites_lock(command: Command) -> bool:
    """Tell whether a command is `npm install` without a package: it may change the lock file, `npm ci` never does."""
    words = _texts(command.arguments)
    flags = {word for word in words if word.startswith("-")}
    names = [word for word in words if not word.startswith("-")]
    return (
        command.program == "npm"
        and names in (["install"], ["i"])
        and not flags & {"-g", "--global", "--package-lock-only", "--no-package-lock", "--prefix", "--dry-run"}
    )


class _Locked(NamedTuple):
    """A command that installs a project, and how it keeps to the lock file."""

    flags: frozenset[str]
    """Any of these flags makes it."""
    variables: frozenset[str]
    """And so does one of these variables."""
    better: str


_LOCKED: dict[tuple[str, ...], _Locked] = {
    ("uv", "sync"): _Locked(
        _set("--locked --frozen --script --dry-run"), _set("UV_LOCKED UV_FROZEN"), "uv sync --locked"
    ),
    ("yarn", "install"): _Locked(
        _set("--immutable --frozen-lockfile"), _set("YARN_ENABLE_IMMUTABLE_INSTALLS"), "yarn install --immutable"
    ),
    ("yarn",): _Locked(
        _set("--immutable --frozen-lockfile --version -v"), _set("YARN_ENABLE_IMMUTABLE_INSTALLS"), "yarn --immutable"
    ),
    ("bun", "install"): _Locked(_set("--frozen-lockfile -g --global"), frozenset(), "bun install --frozen-lockfile"),
    ("pdm", "install"): _Locked(_set("--frozen-lockfile --frozen --check"), frozenset(), "pdm sync"),
    ("pipenv", "install"): _Locked(_set("--deploy --ignore-pipfile"), frozenset(), "pipenv sync"),
}
_PIP_FLAGS = _set("--require-hashes --no-deps --no-index")


def lock_flag(command: Command, variables: Iterable[str] = ()) -> str | None:
    """Return what makes a command that installs a project keep to the lock file; None where it does, or is another.

    `variables` are the names in its environment. What installs packages by name is another matter.
    """
    words = _texts(command.arguments)
    if command.program == "uv" and words[:2] == ["pip", "install"]:
        return _pip_flag(words[2:])
    if command.program in ("pip", "pip3") and words[:1] == ["install"]:
        return _pip_flag(words[1:])
    if rewrites_lock(command):
        return "npm ci"
    names = [word for word in words if not word.startswith("-")]
    for start, locked in _LOCKED.items():
        # A package behind `install` is added to the project by its name.
        exact = start[0] != "uv" and len(names) != len(start) - 1
        if command.program == start[0] and names[: len(start) - 1] == [*start[1:]] and not exact:
            kept = any(word.partition("=")[0] in locked.flags for word in words)
            return None if kept or not locked.variables.isdisjoint(variables) else locked.better
    return None


def _pip_flag(words: Sequence[str]) -> str | None:
    project = any(word.startswith(("-r", "--requirement", "-e", "--editable", ".")) for word in words)
    built = any(word.endswith((".whl", ".tar.gz")) for word in words)
    return "pip install --require-hashes -r" if project and not built and _PIP_FLAGS.isdisjoint(words) else None
