"""The forms that providers publish for their tokens, so that one is known wherever it stands.

Every form begins with letters of the provider's own, which are looked for first; only there a pattern is tried, and
each pattern is linear. Tokens without a mark (Twilio, Datadog, the secret half of an AWS key) are known by their keys.
"""

from collections.abc import Iterator
from typing import NamedTuple

from auditor.patterns import lazy


class _Form(NamedTuple):
    """Marks that one form begins with, and what follows; `is_before` marks stand before the token, not in it."""

    marks: str
    rest: str
    is_before: bool = False


_FORMS = (
    # docs.github.com, "About authentication to GitHub", GitHub's token formats
    _Form("ghp_ gho_ ghu_ ghs_ ghr_", r"[A-Za-z0-9]{36}"),
    _Form("github_pat_", r"\w{60,255}"),
    # docs.gitlab.com, "Token overview", token prefixes
    _Form("glpat- gldt- glrt- glcbt- glptt- glagent- gloas-", r"[\w.-]{20,300}"),
    # docs.slack.dev, "Token types"
    _Form("xox", r"[abeprs]-[\w-]{20,250}"),
    _Form("xapp-", r"[\w-]{20,250}"),
    # docs.stripe.com/keys, docs.stripe.com/webhooks
    _Form("sk_live_ rk_live_", r"[A-Za-z0-9]{20,250}"),
    _Form("whsec_", r"[A-Za-z0-9+/=]{32,80}"),
    # Twilio SendGrid, "API keys": 22 and 43 characters
    _Form("SG.", r"[\w-]{22}\.[\w-]{43}"),
    # documentation.mailgun.com, "API keys"
    _Form("key-", r"[0-9a-f]{32}"),
    # docs.npmjs.com; pypi.org/help/#apitoken; guides.rubygems.org
    _Form("npm_", r"[A-Za-z0-9]{36}"),
    _Form("pypi-AgE", r"[\w-]{50,1000}"),
    _Form("rubygems_", r"[0-9a-f]{48}"),
    # cloud.google.com/docs/authentication/api-keys; OAuth client secrets
    _Form("AIza", r"[\w-]{35}"),
    _Form("GOCSPX-", r"[\w-]{28}"),
    # developer.hashicorp.com/vault/docs/concepts/tokens, prefixes since 1.10
    _Form("hvs. hvb. hvr.", r"[\w-]{24,300}"),
    # docs.digitalocean.com/reference/api, token prefixes
    _Form("dop_v1_ doo_v1_ dor_v1_", r"[0-9a-f]{64}"),
    # platform.openai.com, keys of projects and service accounts; docs.anthropic.com; huggingface.co/docs/hub
    _Form("sk-proj- sk-svcacct-", r"[\w-]{40,250}"),
    _Form("sk-ant-", r"[a-z]{3,6}[0-9]{2}-[\w-]{80,120}"),
    _Form("hf_", r"[A-Za-z]{34}"),
    # shopify.dev, "Access tokens"
    _Form("shp", r"(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    # docs.docker.com, "Personal access tokens"; docs.databricks.com; learning.postman.com
    _Form("dckr_", r"[op]at_[\w-]{24,60}"),
    _Form("dapi", r"[0-9a-f]{32}"),
    _Form("PMAK-", r"[0-9a-f]{24}-[0-9a-f]{34}"),
    # grafana.com/docs, "Service accounts"
    _Form("glsa_", r"[A-Za-z0-9]{32}_[0-9a-f]{8}"),
    # pulumi.com/docs; docs.newrelic.com, user keys
    _Form("pul-", r"[0-9a-f]{40}"),
    _Form("NRAK-", r"[A-Z0-9]{27}"),
    # age-encryption.org/v1, secret keys in Bech32
    _Form("AGE-SECRET-KEY-1", r"[0-9A-Z]{58}"),
    # learn.microsoft.com, connection strings of Azure Storage (64 bytes in base64) and Service Bus (32 bytes)
    _Form("AccountKey=", r"[A-Za-z0-9+/]{86}==", is_before=True),
    _Form("SharedAccessKey=", r"[A-Za-z0-9+/]{43}=", is_before=True),
    # learn.microsoft.com, "Create a service SAS": HMAC-SHA256 in base64, percent-encoded
    _Form("&sig= ?sig=", r"[A-Za-z0-9%]{43,64}?(?:%3D|=)(?![\w%])", is_before=True),
)
_PATTERNS = tuple((mark, lazy(form.rest), form.is_before) for form in _FORMS for mark in form.marks.split())
_INSIDE_WORD = lazy(r"[\w-]")
_ACCESS_KEY_ID = lazy(r"(?:AKIA|ASIA)[A-Z2-7]{16}")
"""AWS, "IAM identifiers", unique prefixes. The id alone opens nothing."""


_STARTS = tuple(mark for mark, _, is_before in _PATTERNS if not is_before)


def provider_tokens_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end (exclusive) of every token in a text, provider by provider."""
    for mark, pattern, is_before in _PATTERNS:
        start = text.find(mark)
        while start >= 0:
            rest = pattern.match(text, start + len(mark))
            before = text[start - 1 : start]
            if rest is not None and (is_before or not _INSIDE_WORD.match(before)):
                if not _INSIDE_WORD.match(text[rest.end() : rest.end() + 1]):
                    yield (rest.start() if is_before else start), rest.end()
                start = text.find(mark, rest.end())
            else:
                start = text.find(mark, start + len(mark))


def is_provider_token(value: str) -> bool:
    """Tell whether the whole value has a form that a provider publishes for its tokens."""
    return value.startswith(_STARTS) and any(
        not is_before and value.startswith(mark) and pattern.fullmatch(value, len(mark)) is not None
        for mark, pattern, is_before in _PATTERNS
    )


def is_access_key_id(value: str) -> bool:
    """Tell whether the value is the public half of an AWS access key."""
    return _ACCESS_KEY_ID.fullmatch(value) is not None
