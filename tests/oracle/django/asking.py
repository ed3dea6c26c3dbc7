"""Start Django with generated settings and report what its answers look like; run by the test as a program."""

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.oracle.frameworks import Answer, answer_all

HOST = "portal.clinic.example"
STRANGER = "https://elsewhere.example"
URLS = """\
from importlib import import_module

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path


def start(request):
    if hasattr(request, "session"):
        request.session["patient"] = "sample"
    age = request.session.get_expiry_age() if hasattr(request, "session") else 0
    return HttpResponse(get_token(request), headers={"Age": age})


def broken(request):
    raise ValueError("sample")


def change(request):
    return HttpResponse(request.get_host())


def records(request):
    views, response = import_module("rest_framework.views"), import_module("rest_framework.response")

    class Records(views.APIView):
        def get(self, request):
            return response.Response({})

    return Records.as_view()(request)


urlpatterns = [path("", start), path("broken", broken), path("change", change), path("records", records)]
"""


def answer(folder: Path) -> Answer:
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = (folder / "module").read_text()
    import_module("django").setup()
    settings = import_module("django.conf").settings
    client = import_module("django.test").Client(enforce_csrf_checks=True, raise_request_exception=False)
    over_http = client.get("/", HTTP_HOST=HOST)
    secure = client.get("/", secure=True, HTTP_HOST=HOST, HTTP_ORIGIN=STRANGER)
    if secure.status_code != 200:
        raise ValueError(f"status {secure.status_code}")
    return {
        "redirects": over_http.status_code == 301,
        "HSTS": secure.headers.get("Strict-Transport-Security"),
        "session": _cookie(secure.cookies.get(settings.SESSION_COOKIE_NAME)),
        "session age": int(secure.headers["Age"]),
        "csrf": _cookie(secure.cookies.get(settings.CSRF_COOKIE_NAME)),
        "forged form": client.post("/change", secure=True, HTTP_HOST=HOST, HTTP_ORIGIN=STRANGER).status_code == 200,
        "debug page": b"DEBUG = True" in client.get("/broken", secure=True, HTTP_HOST=HOST).content,
        "any host": client.get("/change", secure=True, HTTP_HOST="elsewhere.example").status_code == 200,
        "origin": secure.headers.get("Access-Control-Allow-Origin"),
        "credentials": secure.headers.get("Access-Control-Allow-Credentials"),
        "passwords": [text for text in PASSWORDS if _is_accepted(text)],
        "hash": import_module("django.contrib.auth.hashers").get_hasher().algorithm,
        "mail TLS": _mail_tls(settings),
        **_api(client, settings),
    }


ALSO_IMPORTED = ("psycopg", "psycopg.types.range", "requests", "yaml")
"""What Django REST framework imports where it is installed; done once, the processes of the cases start faster."""
PASSWORDS = ("", "zq8kd", "zq8kd2lwp", "zq8kd2lwpxn", "zq8kd2lwpxnt", "qwerty123456")
"""None, three of less than 12 characters, two of 12 of which the last is in Django's list of common passwords."""


def _cookie(morsel: Any) -> Answer | None:
    if morsel is None:
        return None
    age = morsel["max-age"]
    return {
        "secure": bool(morsel["secure"]),
        "httponly": bool(morsel["httponly"]),
        "samesite": morsel["samesite"] or None,
        "age": None if age == "" else int(age),
    }


def _is_accepted(password: str) -> bool:
    validation = import_module("django.contrib.auth.password_validation")
    try:
        validation.validate_password(password)
    except import_module("django.core.exceptions").ValidationError:
        return False
    return True


def _mail_tls(settings: Any) -> bool | None:
    """Tell whether mail goes over TLS, None where it is not sent or stays on the host."""
    connection = import_module("django.core.mail").get_connection()
    if type(connection).__module__ != "django.core.mail.backends.smtp" or settings.EMAIL_HOST == "localhost":
        return None
    return bool(connection.use_tls or connection.use_ssl)


def _api(client: Any, settings: Any) -> Answer:
    if "rest_framework" not in settings.INSTALLED_APPS:
        return {"open API": None, "throttled": None, "token": None}
    views, tokens = import_module("rest_framework.views"), import_module("rest_framework_simplejwt.tokens")
    return {
        "open API": client.get("/records", secure=True, HTTP_HOST=HOST).status_code == 200,
        "throttled": bool(views.APIView.throttle_classes),
        "token": tokens.AccessToken().lifetime.total_seconds(),
    }


if __name__ == "__main__":
    for name in ("django.test", "django.core.mail.backends.smtp", "environ", "decouple", "jwt", *ALSO_IMPORTED):
        if find_spec(name) is not None:
            import_module(name)
    answer_all(answer)
