"""Texts that are credentials by their shape: tokens with a vendor's prefix, private keys.

Shapes are those that the vendors publish so that scanners can find them, such as
https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from wflint.source.span import Span


class Shape(NamedTuple):
    """How one kind of credential looks."""

    what: str
    prefixes: tuple[str, ...]
    """One of these is in every text that has one: they are searched before the pattern is."""
    pattern: str
    """Its group `it`, if it has one, else the match, is the credential."""
    sure: bool = True
    """False for kinds that are often meant to be public."""


class Credential(NamedTuple):
    """A credential in a text."""

    what: str
    span: Span
    sure: bool


_WORD = r"(?<![A-Za-z0-9_-])"
SHAPES = (
    Shape("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), _WORD + r"gh[pousr]_[A-Za-z0-9]{36,251}"),
    Shape("GitHub fine-grained token", ("github_pat_",), _WORD + r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    Shape("AWS access key id", ("AKIA",), _WORD + r"AKIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
    Shape(
        "AWS secret key",
        ("SECRET_ACCESS_KEY", "secret-access-key", "secret_access_key"),
        r"(?i:secret[_-]access[_-]key)[\"']?[ \t]*[:=][ \t]*[\"']?(?P<it>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
    ),
    Shape("npm token", ("npm_",), _WORD + r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    Shape("PyPI token", ("pypi-AgE",), _WORD + r"pypi-AgE[A-Za-z0-9_-]{50,500}"),
    Shape("RubyGems token", ("rubygems_",), _WORD + r"rubygems_[0-9a-f]{48}"),
    Shape("crates.io token", ("cio",), _WORD + r"cio[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
    Shape("GitLab token", ("glpat-",), _WORD + r"glpat-[A-Za-z0-9_-]{20,80}"),
    Shape("Docker Hub token", ("dckr_pat_",), _WORD + r"dckr_pat_[A-Za-z0-9_-]{27}"),
    Shape("Slack token", ("xox",), _WORD + r"xox[abeoprs]-[0-9]{8,14}-[A-Za-z0-9-]{10,200}"),
    Shape(
        "Slack webhook",
        ("hooks.slack.com/services/",),
        r"hooks\.slack\.com/services/(?P<it>T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,28})",
    ),
    Shape(
        "Discord webhook",
        ("/api/webhooks/",),
        r"discord(?:app)?\.com/api/webhooks/(?P<it>[0-9]{15,21}/[A-Za-z0-9_-]{50,80})",
    ),
    Shape("Stripe key", ("sk_live_", "rk_live_"), _WORD + r"[sr]k_live_[A-Za-z0-9]{16,250}"),
    Shape("SendGrid key", ("SG.",), _WORD + r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    Shape("Anthropic key", ("sk-ant-",), _WORD + r"sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{80,120}"),
    Shape("OpenAI key", ("sk-proj-", "sk-svcacct-"), _WORD + r"sk-(?:proj|svcacct)-[A-Za-z0-9_-]{40,250}"),
    Shape("Hugging Face token", ("hf_",), _WORD + r"hf_[A-Za-z]{34}(?![A-Za-z0-9])"),
    Shape("DigitalOcean token", ("dop_v1_", "doo_v1_"), _WORD + r"do[op]_v1_[0-9a-f]{64}"),
    Shape("Azure storage key", ("AccountKey=",), r"AccountKey=(?P<it>[A-Za-z0-9+/]{86}==)"),
    Shape("Google API key", ("AIza",), _WORD + r"AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])", sure=False),
    Shape(
        "JSON web token",
        ("eyJ",),
        _WORD + r"eyJ[A-Za-z0-9_-]{10,2000}+\.eyJ[A-Za-z0-9_-]{10,4000}+\.[A-Za-z0-9_-]{20,1000}+",
        sure=False,
    ),
    Shape(
        "private key",
        ("PRIVATE KEY",),
        r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
        r"(?P<it>(?:(?!-----END)(?:\\n|[\sA-Za-z0-9+/=:,.-])){64,9000}+)",
    ),
)
_PUBLIC = ("EXAMPLE", "Eby8vdM02xNOcqFlqUwJ", "eyJpc3MiOiJzdXBhYmFzZS1kZW1v")
"""Keys that everybody has: of AWS' documentation, of Azure's storage emulator, of Supabase's local stack."""
_FEWEST = 10
"""How many different characters a real one has at least: fewer is a placeholder such as `ghp_xxxxxxxx`."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def find(text: str) -> Iterator[Credential]:
    """Yield the credentials of a text, kind by kind. Examples and placeholders are none."""
    for shape in SHAPES:
        if any(prefix in text for prefix in shape.prefixes):
            for match in _compiled(shape.pattern).finditer(text):
                group = "it" if "it" in match.re.groupindex else 0
                if _is_real(match[group]):
                    yield Credential(shape.what, Span(*match.span(group)), shape.sure)


def _is_real(text: str) -> bool:
    if any(known in text for known in _PUBLIC):
        return False
    body = text.split("_")[-1] if text.startswith("gh") else text
    return len(set(body)) >= _FEWEST and "0123456789abcdef" not in text.lower() and "1234567890" not in text


def hinted(text: str) -> str:
    """Return the first four characters, by which the owner knows it, and no more."""
    return f"{text[:4]}…"
