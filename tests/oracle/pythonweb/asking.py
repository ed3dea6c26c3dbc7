"""Start generated applications of Flask, Starlette and FastAPI and report what their answers look like; a program."""

import os
import sys
from collections.abc import Mapping
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.oracle.frameworks import Answer, answer_all

HOST = "portal.clinic.example"
STRANGER = "https://elsewhere.example"


def answer(folder: Path) -> Answer:
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    app = import_module("portal.main").app
    ask = _flask if type(app).__name__ == "Flask" else _starlette
    return ask(app)


def _flask(app: Any) -> Answer:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client(use_cookies=False)
    headers = {"Origin": STRANGER, "Cookie": "other=1"}
    start = client.get("/", base_url=f"https://{HOST}", headers=headers)
    forged = client.post("/change", base_url=f"https://{HOST}", headers=headers, data={"a": "b"})
    return {
        **_answer(start.headers, dict(start.headers.items()).get("Set-Cookie", "")),
        "forged form": forged.status_code == 200,
    }


def _starlette(app: Any) -> Answer:
    client = import_module("starlette.testclient").TestClient(
        app, base_url=f"https://{HOST}", raise_server_exceptions=False, follow_redirects=False
    )
    headers = {"Origin": STRANGER, "Cookie": "other=1"}
    start = client.get("/", headers=headers)
    if start.status_code != 200:
        raise ValueError(f"status {start.status_code}: {start.text[:200]}")
    return {
        **_answer(start.headers, start.headers.get("set-cookie", "")),
        "any host": client.get("/", headers={**headers, "Host": "elsewhere.example"}).status_code == 200,
        "debug page": "Traceback" in client.get("/broken", headers=headers).text,
        "openapi": client.get("/openapi.json", headers=headers).status_code == 200,
        "redirects": client.get(f"http://{HOST}/", headers=headers).status_code == 307,
    }


def _answer(headers: Mapping[str, str], cookie: str) -> Answer:
    found: Answer = {
        "origin": headers.get("Access-Control-Allow-Origin"),
        "credentials": headers.get("Access-Control-Allow-Credentials"),
        "session": None,
    }
    morsel = SimpleCookie(cookie).get("session")
    if morsel is not None:
        # Starlette says Max-Age, Flask a date: the test asks it for the span.
        found["session"] = {
            "secure": bool(morsel["secure"]),
            "httponly": bool(morsel["httponly"]),
            "samesite": morsel["samesite"] or None,
            "age": int(morsel["max-age"]) if morsel["max-age"] else None,
            "expires": morsel["expires"] or None,
        }
    return found


if __name__ == "__main__":
    for name in ("flask_cors", "flask_wtf.csrf", "fastapi", "starlette.testclient", "starlette.middleware.sessions"):
        import_module(name)
    answer_all(answer)
