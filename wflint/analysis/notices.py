"""Steps that tell people something: chat, mail, issues, pagers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.model.step import RunStep, Step, UsesStep

if TYPE_CHECKING:
    from wflint.shell import Command

_MAILERS = frozenset(
    {"mail", "mailx", "mutt", "sendmail", "msmtp", "swaks", "ssmtp", "notify-send", "apprise", "slack"}
)
_SENDERS = frozenset({"curl", "wget", "http", "https", "xh"})
_SIGNS = (
    "slack",
    "discord",
    "teams",
    "webhook",
    "telegram",
    "mattermost",
    "pagerduty",
    "opsgenie",
    "mailgun",
    "sendgrid",
)
_MORE_SIGNS = ("notif", "alert", "ntfy", "hooks.", "chat.googleapis", "pushover", "rocket", "zulip", "email", "smtp")
_COMMANDS = (
    ("gh", "issue", "create"),
    ("gh", "issue", "comment"),
    ("gh", "pr", "comment"),
    ("aws", "sns", "publish"),
    ("aws", "ses", "send-email"),
)
_CALLS = (
    "issues.create",
    "createcomment",
    "issues/",
    "webhook",
    "slack",
    "sendmail",
    "nodemailer",
    "smtplib",
    "discord",
)


def notifies(step: Step) -> bool:
    """Tell whether a step is known, or likely by its name, to reach somebody."""
    if isinstance(step, UsesStep):
        from wflint.facts import notifiers

        name = (step.uses.name or step.uses.text).lower()
        if notifiers.notifier(name) is not None or any(
            sign in name for sign in (*_SIGNS, *_MORE_SIGNS, "mail", "issue")
        ):
            return True
    if any(script.dialect != "bash" and any(call in script.text.lower() for call in _CALLS) for script in step.scripts):
        return True
    if not isinstance(step, RunStep) or step.script.shell_script is None:
        return False
    return any(_sends(command) for command in step.script.shell_script.commands)


def _sends(command: Command) -> bool:
    program = command.program or ""
    if program.lower() in _MAILERS or any(sign in program.lower() for sign in ("notify", "slack", "alert")):
        return True
    words = [program, *(word.text or "" for word in command.arguments)]
    if any(tuple(words[: len(each)]) == each for each in _COMMANDS):
        return True
    if program not in _SENDERS:
        # A script of the repository's own, by its name.
        return command.words[:1] != [] and "/" in command.words[0].shape and "notif" in command.words[0].shape.lower()
    text = " ".join(word.raw for word in command.words).lower()
    return any(sign in text for sign in (*_SIGNS, *_MORE_SIGNS))
