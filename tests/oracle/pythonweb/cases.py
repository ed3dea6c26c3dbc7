"""Random applications of Flask, Starlette and FastAPI in the ways people write them, with a reader's traps."""

from dataclasses import dataclass, field
from random import Random

from .asking import HOST

_OWN = f"https://{HOST}"


@dataclass
class Case:
    """Files by path, the traps in them, and the checks whose answers may be undecided."""

    framework: str
    files: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    framework = random.choice(["Flask", "Flask", "Starlette", "FastAPI"])
    case = Case(framework)
    text = _Flask(random, case).text() if framework == "Flask" else _Starlette(random, case).text()
    case.files["portal/main.py"] = text
    return case


class _Flask:
    def __init__(self, random: Random, case: Case) -> None:
        self._random, self._case = random, case

    def text(self) -> str:
        random, case = self._random, self._case
        settings = [line for name, value in self._values() for line in self._given(name, value)]
        if random.random() < 0.25:
            case.traps.add("class of settings")
            lines = [f"    {name} = {value}" for name, value in self._values()]
            base = "from datetime import timedelta\n\nclass BaseConfig:\n    SESSION_COOKIE_SECURE = False\n"
            own = "\n".join(["class ProductionConfig(BaseConfig):", "    OTHER = 1", *lines])
            case.files["portal/config.py"] = f"{base}\n{own}\n"
            settings = ['app.config.from_object("portal.config.ProductionConfig")']
        cors = self._cors()
        csrf = "CSRFProtect(app)" if random.random() < 0.5 else ""
        if not csrf:
            case.open.add("app-csrf-off")
        body = [*settings, *cors, csrf]
        head = (
            "import os\nfrom datetime import timedelta\n\nfrom flask import Flask, session\n"
            "from flask_cors import CORS, cross_origin\nfrom flask_wtf.csrf import CSRFProtect\n\nMINUTE = 60\n"
        )
        views = (
            '@app.route("/")\ndef start():\n    session["patient"] = "sample"\n    session.permanent = True\n    return "x"\n\n'
            '@app.route("/change", methods=["POST"])\ndef change():\n    return "changed"\n'
        )
        if self._decorated:
            views = views.replace('@app.route("/")\n', f'@app.route("/")\n{self._decorated}\n')
        if random.random() < 0.3:
            case.traps.add("a factory")
            inner = "".join(f"    {line}\n" for line in "\n".join(body).split("\n"))
            return f'{head}\n\ndef create_app():\n    app = Flask(__name__)\n    app.secret_key = "sample"\n{inner}    return app\n\n\napp = create_app()\n\n{views}'
        return f'{head}\napp = Flask(__name__)\napp.secret_key = "sample"\n' + "\n".join(body) + f"\n\n{views}"

    def _values(self) -> list[tuple[str, str]]:
        random = self._random
        found = [
            ("SESSION_COOKIE_SECURE", random.choice(["True", "False", "not False", "1 == 1"])),
            ("SESSION_COOKIE_HTTPONLY", random.choice(["True", "False"])),
            ("SESSION_COOKIE_SAMESITE", random.choice(['"Lax"', '"None"', '"Strict"', "None"])),
            (
                "PERMANENT_SESSION_LIFETIME",
                random.choice(["timedelta(minutes=15)", "timedelta(hours=8)", "900", "86400", "60 * 60"]),
            ),
            ("WTF_CSRF_ENABLED", random.choice(["True", "False"])),
        ]
        return [item for item in found if random.random() < 0.6]

    def _given(self, name: str, value: str) -> list[str]:
        random = self._random
        other = {"True": "False", "False": "True"}.get(value, value)
        forms = {
            "item": f'app.config["{name}"] = {value}',
            "update": f"app.config.update({name}={value}, OTHER=1)",
            "update with a dictionary": f'app.config.update({{"{name}": {value}}})',
            "from_mapping": f"app.config.from_mapping({name}={value})",
            "from_mapping with dict()": f"app.config.from_mapping(dict({name}={value}))",
            "two targets": f'app.config["OTHER"] = app.config["{name}"] = {value}',
            "later line": f'app.config["{name}"] = {other}\napp.config["{name}"] = {value}',
            "condition": f'app.config["{name}"] = {value}\nif os.environ.get("PORTAL_DEVELOPER"):\n    app.config["{name}"] = {other}',
            "decided condition": f'if False:\n    app.config["{name}"] = {other}\nelse:\n    app.config["{name}"] = {value}',
            "variable": f'app.config["{name}"] = os.environ.get("PORTAL_X") or {value}',
        }
        if name == "PERMANENT_SESSION_LIFETIME":
            forms["attribute"] = f"app.permanent_session_lifetime = {value}"
            forms["name"] = f"app.config['{name}'] = timedelta(seconds=15 * MINUTE)"
        form = random.choice(list(forms))
        self._case.traps.add(form)
        if form in {"condition", "variable"}:
            self._case.open.add(name)
        return [forms[form]]

    _decorated = ""

    def _cors(self) -> list[str]:
        random, case = self._random, self._case
        own = random.choice(
            [f'"{_OWN}"', f'["{_OWN}"]', '"*"', '[r"https?://.*"]', 'r"^https://\\w+\\.clinic\\.example$"']
        )
        form = random.choice(
            ["none", "default", "argument", "configured", "by path", "one path", "view", "init_app", "both"]
        )
        case.traps.add(f"CORS: {form}")
        if form in {"configured", "init_app"}:
            case.open.add("flask-cors-any-origin")
        if form == "view":
            self._decorated = random.choice(["@cross_origin()", f"@cross_origin(origins={own})"])
        return {
            "none": [],
            "default": ["CORS(app)"],
            "argument": [f"CORS(app, origins={own}, supports_credentials={random.random() < 0.5})"],
            "configured": [f'app.config["CORS_ORIGINS"] = {own}', "CORS(app)"],
            "both": [
                'app.config["CORS_ORIGINS"] = "*"',
                f'app.config["CORS_ORIGINS"] = "{_OWN}"',
                f"CORS(app, origins={own})",
            ],
            "by path": [f'CORS(app, resources={{r"/*": {{"origins": {own}}}}})'],
            "one path": [f'CORS(app, resources=r"/*", origins={own})'],
            "view": [],
            "init_app": ["cors = CORS()", f"cors.init_app(app, origins={own})"],
        }[form]


class _Starlette:
    def __init__(self, random: Random, case: Case) -> None:
        self._random, self._case = random, case

    def text(self) -> str:
        random, case = self._random, self._case
        added = [item for item in (self._session(), self._cors(), self._hosts(), self._https()) if item]
        random.shuffle(added)
        debug = random.choice(
            ["", "debug=False", "debug=True", 'debug=bool(os.environ.get("PORTAL_DEBUG", "")) or DEBUG']
        )
        if case.framework == "FastAPI":
            docs = random.choice(["", "openapi_url=None", "docs_url=None", 'openapi_url=""'])
            debug = ", ".join(word for word in (debug, docs) if word)
        head = (
            "import os\n\nfrom fastapi import FastAPI\nfrom starlette.applications import Starlette\n"
            "from starlette.middleware import Middleware\nfrom starlette.middleware.cors import CORSMiddleware\n"
            "from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware as Redirect\n"
            "from starlette.middleware.sessions import SessionMiddleware as Sessions\n"
            "from starlette.middleware.trustedhost import TrustedHostMiddleware\n"
            "from starlette.responses import PlainTextResponse\n\nMINUTE = 60\nDEBUG = False\n"
            f'ORIGINS = ["{_OWN}"]\n\n'
        )
        views = (
            'async def start(request):\n    if "session" in request.scope:\n        request.session["patient"] = "sample"\n'
            '    return PlainTextResponse("x")\n\n\nasync def broken(request):\n    raise ValueError("sample")\n\n\n'
        )
        routes = 'app.add_route("/", start)\napp.add_route("/broken", broken)\n'
        calls = [f"{name}, {words}" if words else name for name, words in added]
        form = random.choice(["added", "listed", "wrapped in a function"])
        case.traps.add(form)
        if form == "listed":
            listed = ", ".join(f"Middleware({call})" for call in calls)
            words = ", ".join(word for word in (debug, f"middleware=[{listed}]") if word)
            return f"{head}{views}app = {case.framework}({words})\n{routes}"
        lines = "".join(f"app.add_middleware({call})\n" for call in calls)
        if form == "added":
            return f"{head}{views}app = {case.framework}({debug})\n{lines}{routes}"
        inner = "".join(f"    {line}\n" for line in lines.splitlines())
        made = f"def make():\n    app = {case.framework}({debug})\n{inner}    return app\n\n\napp = make()\n"
        return f"{head}{views}{made}{routes}"

    def _session(self) -> tuple[str, str] | None:
        random = self._random
        if random.random() < 0.1:
            return None
        age = random.choice(["900", "None", "3600", "15 * MINUTE", "14 * 24 * 60 * 60"])
        site, secure = random.choice(["lax", "none", "strict"]), random.choice(["True", "False"])
        if random.random() < 0.25:
            self._case.traps.add("by position")
            return "Sessions", f'"sample", "session", {age}, "/", "{site}", {secure}'
        words = [f"max_age={age}", f'same_site="{site}"', f"https_only={secure}"]
        kept = [word for word in words if random.random() < 0.6]
        if random.random() < 0.15:
            self._case.traps.add("a dictionary of arguments")
            self._case.open.add("starlette-session")
            pairs = ", ".join(kept)
            return "Sessions", f'secret_key="sample", **dict({pairs})'
        return "Sessions", ", ".join(['secret_key="sample"', *kept])

    def _cors(self) -> tuple[str, str] | None:
        random = self._random
        own = random.choice([f'["{_OWN}"]', '["*"]', f'["{_OWN}", "*"]', "ORIGINS", 'ORIGINS + ["*"]', '("*",)', '"*"'])
        with_credentials = random.random() < 0.5
        form = random.choice(["none", "list", "list", "regex", "position", "nothing"])
        self._case.traps.add(f"CORS: {form}")
        pattern = random.choice(
            [".*", r"https://.*\\.clinic\\.example", "https?://.*", "^http(s)?://.*$", "https://.+"]
        )
        return {
            "none": None,
            "nothing": ("CORSMiddleware", 'allow_methods=["*"]'),
            "list": (
                "CORSMiddleware",
                f'allow_origins={own}, allow_credentials={with_credentials}, allow_headers=["*"]',
            ),
            "regex": ("CORSMiddleware", f'allow_origin_regex="{pattern}", allow_credentials={with_credentials}'),
            "position": ("CORSMiddleware", own),
        }[form]

    def _hosts(self) -> tuple[str, str] | None:
        hosts = self._random.choice(
            [None, None, f'["{HOST}"]', '["*.clinic.example"]', '["*"]', f'["{HOST}", "*"]', ""]
        )
        if hosts is None:
            return None
        return "TrustedHostMiddleware", f"allowed_hosts={hosts}" if hosts else ""

    def _https(self) -> tuple[str, str] | None:
        return ("Redirect", "") if self._random.random() < 0.3 else None


FORMS = (
    "class of settings", "a factory", "update with a dictionary", "from_mapping with dict()", "two targets", "later line",
    "condition", "decided condition", "attribute", "CORS: configured", "CORS: by path", "CORS: one path", "CORS: view",
    "CORS: init_app", "listed", "wrapped in a function", "by position", "a dictionary of arguments", "CORS: regex",
    "CORS: position",
)  # fmt: skip
"""Traps that every run must have met."""
