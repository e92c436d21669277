"""What a wheel holds: rules, packs and facts, where an installed wflint looks for them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """Return a wheel, built by the backend itself, without an index."""
    folder = tmp_path_factory.mktemp("dist")
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=True)
    return zipfile.Path(folder / done.stdout.split()[-1])


def names(wheel: zipfile.Path) -> set[str]:
    return set(wheel.root.namelist())


def test_it_holds_everything_that_a_run_reads(wheel: zipfile.Path) -> None:
    held = names(wheel)
    for folder, target in (
        ("rules", "wflint/_bundled/rules"),
        ("policies", "wflint/_bundled/policies"),
        ("wflint", "wflint"),
    ):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"{target}/{file.relative_to(ROOT / folder).as_posix()}" in held
    assert "wflint/py.typed" in held
    assert any(name.startswith("wflint/facts/data/") for name in held)


def test_it_holds_nothing_else(wheel: zipfile.Path) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names(wheel)} == {"wflint"}
    assert not [name for name in names(wheel) if "__pycache__" in name or "/tests/" in name]


def test_it_works_where_it_is_unpacked(wheel: zipfile.Path, tmp_path: Path) -> None:
    wheel.root.extractall(tmp_path / "site")
    (tmp_path / "ci.yml").write_text(
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: some/action@v1\n"
    )
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import wflint; assert wflint.__file__.startswith(sys.path[0]), wflint.__file__\n"
        "from wflint.bundled import bundled\n"
        "for folder in ('rules', 'policies'):\n"
        "    assert bundled(folder).parent.name == '_bundled' and any(bundled(folder).iterdir())\n"
        "from wflint.cli import main\n"
        "sys.argv = ['wflint', 'check', '-f', 'concise', 'ci.yml']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "[unpinned-uses]" in done.stdout


def test_its_metadata(wheel: zipfile.Path) -> None:
    from importlib.metadata import version

    folder = next(name for name in names(wheel) if name.endswith(".dist-info/METADATA"))
    metadata = (wheel / folder).read_text(encoding="utf-8")
    assert f"Version: {version('wflint')}" in metadata
    entries = (wheel / folder.replace("METADATA", "entry_points.txt")).read_text(encoding="utf-8")
    assert "wflint = wflint.cli:main" in entries
