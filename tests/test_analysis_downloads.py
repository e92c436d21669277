"""Downloads that a script runs."""

import pytest

from wflint import shell
from wflint.analysis import downloads


@pytest.mark.parametrize(
    ("script", "urls"),
    [
        ("curl -sSf https://a/x | sh", ["https://a/x"]),
        ("curl https://a/x | tee log | sudo -E bash -s -- -y", ["https://a/x"]),
        ("curl https://a/x | FOO=1 bash -", ["https://a/x"]),
        ("wget -qO- https://a/$V | python3", ["https://a/*"]),
        ("bash -x <(curl https://a/x) --flag", ["https://a/x"]),
        ('bash -c "$(curl https://a/x)"', ["https://a/x"]),
        ('eval "$(curl https://a/x)"', ["https://a/x"]),
        (". <(curl https://a/x)", ["https://a/x"]),
        ("curl -Lo i.sh https://a/x && bash ./i.sh", ["https://a/x"]),
        ("curl https://a/x > i.sh\nchmod +x i.sh\n./i.sh", ["https://a/x"]),
        ("wget https://a/i.py?x=1\npython i.py", ["https://a/i.py?x=1"]),
        ("curl -fsSLO https://a/i.sh\nsudo bash i.sh", ["https://a/i.sh"]),
        ("curl https://a/x | python3 -c 'import json'", []),
        ("curl https://a/x | jq .", []),
        ("curl https://a/x | bash build.sh", []),
        ('bash build.sh "$(curl https://a/x)"', []),
        ('bash -c "$(curl https://a/x | jq .)"', []),
        ("curl -o data.json https://a/x\npython tool.py data.json", []),
        ("curl https://a/x", []),
        ("curl -o", []),
    ],
)
def test_executed(script: str, urls: list[str]) -> None:
    assert [each.url for each in downloads.executed(shell.parse(script))] == urls


@pytest.mark.parametrize("script", ["sha256sum -c f", "shasum -a 256 f", "openssl dgst f", "gh attestation verify f"])
def test_checks(script: str) -> None:
    assert downloads.checks(shell.parse(script))


def test_checks_nothing() -> None:
    assert not downloads.checks(shell.parse("openssl version; gh release view; ls"))


@pytest.mark.parametrize(
    ("address", "immutable"), [(f"https://a/{'0' * 40}/x", True), (f"http://a/{'0' * 40}/x", False)]
)
def test_immutable(address: str, immutable: bool) -> None:
    assert downloads.is_immutable(address) == immutable


@pytest.mark.parametrize(
    ("address", "versioned"), [("https://a/v1.2/x", True), ("https://a/x", False), ("https://a/*", True)]
)
def test_versioned(address: str, versioned: bool) -> None:
    assert downloads.is_versioned(address) == versioned
