"""Credentials are known by their shape; placeholders, examples and public keys are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.analysis import credential_text

LETTERS = "k7Qx2mVb9LzR4tYw6NcH8sJd1FgPaE3uTiOo5"
BODY = "\n".join(LETTERS[i:] + LETTERS[:i] for i in range(6))


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("GitHub token", "ghp_" + LETTERS[:36]),
        ("GitHub fine-grained token", "github_pat_" + LETTERS[:22] + "_" + (LETTERS * 2)[:59]),
        ("AWS access key id", "AKIA" + "QZX3NBT5WKJ7HVD2"),
        ("npm token", "npm_" + LETTERS[:36]),
        ("Slack token", "xox" + "b-123456780912-" + LETTERS[:24]),
        ("Stripe key", "sk_" + "live_" + LETTERS[:24]),
        ("Google API key", "AIza" + LETTERS[:35]),
    ],
)
def test_a_token_is_found_exactly(what: str, text: str) -> None:
    (found,) = credential_text.find(f'env:\n  A: "{text}" # why\n')
    assert (found.what, found.span.end - found.span.start) == (what, len(text))


def test_a_private_key_is_its_body() -> None:
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{BODY}\n-----END RSA PRIVATE KEY-----\nkey: value\n"
    (found,) = credential_text.find(text)
    assert found.what == "private key"
    assert text[slice(*found.span)].strip() == BODY


def test_an_aws_secret_key_is_found_by_its_name() -> None:
    secret = (LETTERS * 2)[:40]
    (found,) = credential_text.find(f"  AWS_SECRET_ACCESS_KEY: {secret}\n")
    assert f"  AWS_SECRET_ACCESS_KEY: {secret}"[slice(*found.span)] == secret


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "x" * 36,
        "AKIAIOSFODNN7" + "EXAMPLE",
        "AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY_OF_SOME_LENGTH }}",
        "grep -q 'BEGIN RSA PRIVATE KEY' key.pem",
        "-----BEGIN PRIVATE KEY-----\n${{ secrets.KEY }}\n-----END PRIVATE KEY-----",
        "my_npm_" + LETTERS[:36],
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert list(credential_text.find(text)) == []


def test_no_more_than_four_characters_are_shown() -> None:
    assert credential_text.hinted("ghp_" + LETTERS) == "ghp_…"


@given(st.text(st.sampled_from("AKIAghp_sk-live_eyJ.\n -=BEGINPRVTK0129abc"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    for found in credential_text.find(text):
        assert 0 <= found.span.start < found.span.end <= len(text)
