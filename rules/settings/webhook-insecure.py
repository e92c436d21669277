"""Send webhooks over verified HTTPS, with a secret.

A webhook tells another service what happens in the repository, and often makes it act. Over plain HTTP, or with certificates that nobody verifies,
it can be read and changed on the way; without a secret the service cannot tell GitHub from anybody who knows its address.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "hooks": {
      "status": 200,
      "body": [
        {
          "active": true,
          "events": ["push"],
          "config": {
            "url": "http://ci.example.com/hook", // finding
            "content_type": "json",
            "insecure_ssl": "0",
            "secret": "********"
          }
        },
        {
          "active": true,
          "events": ["push"],
          "config": { // finding
            "url": "https://ci.example.com/hook",
            "content_type": "json",
            "insecure_ssl": "1" // finding
          }
        }
      ]
    }
  }
}
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "hooks": {
      "status": 200,
      "body": [
        {
          "active": true,
          "events": ["push"],
          "config": {
            "url": "https://ci.example.com/hook",
            "content_type": "json",
            "insecure_ssl": "0",
            "secret": "********"
          }
        },
        {"active": false, "events": ["push"], "config": {"url": "http://old.example.com", "insecure_ssl": "1"}}
      ]
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(
    target=Settings,
    level="warning",
    tags=("settings", "security", "scorecard-webhooks", "owasp-cicd-sec-7"),
    security_severity=5.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    for hook in settings.told.access.webhooks.value or ():
        if hook.active.is_off or settings.is_archived:
            continue
        if (hook.url.value or "").lower().startswith("http://"):
            yield context.finding(
                hook.url, "this webhook goes over plain HTTP, where it can be read and changed; use `https://`"
            )
        elif hook.insecure_ssl.value == "1":
            yield context.finding(
                hook.insecure_ssl,
                "the certificate of this webhook's address is not verified, so that anybody on the way can read and change"
                " what is sent; set `insecure_ssl` to `0`",
            )
        if hook.secret.is_off:
            yield context.finding(
                hook.secret,
                "this webhook has no secret, so that its receiver cannot tell it from a forged one; set a `secret`",
            )
