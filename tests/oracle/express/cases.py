"""Random applications of Express in the ways people write them, with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

_OWN = '"https://portal.clinic.example"'


@dataclass
class Case:
    """One module, the traps in it, and the parts of its configuration that code decides."""

    path: str = "server.js"
    text: str = ""
    traps: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    case = Case(path=random.choice(["server.js", "server.mjs", "main.ts"]))
    return _Writer(random, case).write()


class _Writer:
    def __init__(self, random: Random, case: Case) -> None:
        self._random, self._case = random, case
        self._before: list[str] = []

    def write(self) -> Case:
        case, random = self._case, self._random
        case.traps.add(case.path)
        lines = ["const app = express();", *self._proxy(), *self._cors(), *self._session()]
        if random.random() < 0.3:
            case.traps.add("directory listing")
            lines.append('app.use("/files", express.static("/usr/share"), serveIndex("/usr/share"));')
        lines.append(
            'app.get("/", (req, res) => { if (req.session) req.session.patient = 1; res.send(String(req.ip)); });'
        )
        head = [self._imported(*pair) for pair in _PACKAGES]
        if random.random() < 0.25:
            case.traps.add("in a function")
            lines = ["function make() {", *lines, "return app;", "}", "const made = make();"]
            end = "made"
        else:
            end = "app"
        export = f"module.exports = {end};" if case.path == "server.js" else f"export default {end};"
        case.text = "\n".join([*head, *self._before, *lines, export]) + "\n"
        return case

    def _imported(self, name: str, package: str) -> str:
        if self._case.path == "server.js":
            return f'const {name} = require("{package}");'
        return f'import {name} from "{package}";'

    def _proxy(self) -> list[str]:
        forms = {
            "none": "",
            "true": 'app.set("trust proxy", true);',
            "enabled": "app.enable('trust proxy');",
            "number": 'app.set("trust proxy", 1);',
            "addresses": 'app.set("trust proxy", ["loopback", "10.20.0.2"]);',
            "negated": 'app.set("trust proxy", !false);',
        }
        form = self._random.choice(list(forms))
        self._case.traps.add(f"proxy: {form}")
        return [forms[form]]

    def _cors(self) -> list[str]:
        random, case = self._random, self._case
        origin = random.choice([_OWN, f"[{_OWN}]", '"*"', "true", "false", '["*"]', "undefined", "`*`"])
        credentials = random.choice(["true", "false"])
        forms = {
            "none": [],
            "default": ["app.use(cors());"],
            "options": [f"app.use(cors({{ origin: {origin}, credentials: {credentials} }}));"],
            "quoted": [f'app.use(cors({{ "origin": {origin}, ["credentials"]: {credentials} }}));'],
            "name": [f"const corsOptions = {{ origin: {origin} }};", "app.use(cors(corsOptions));"],
            "var": [f"var corsOptions = {{ origin: {origin} }};", "app.use(cors(corsOptions));"],
            "changed later": [
                f"const corsOptions = {{ origin: {origin} }};",
                f'if (!process.env.PORTAL_X) corsOptions["origin"] = {_OWN};',
                "app.use(cors(corsOptions));",
            ],
            "assigned": [
                f"const corsOptions = {{ origin: {origin} }};",
                "Object.assign(corsOptions, { origin: true });",
                "app.use(cors(corsOptions));",
            ],
            "spread": [f"const own = {{ origin: {_OWN} }};", f"app.use(cors({{ origin: {origin}, ...own }}));"],
            "spread of a call": [
                f"function own() {{ return {{ origin: {_OWN} }}; }}",
                f"app.use(cors({{ origin: {origin}, ...own() }}));",
            ],
            "function": ["app.use(cors({ origin: (origin, callback) => callback(null, true), credentials: true }));"],
            "function that asks": [f"app.use(cors({{ origin: (o, done) => done(null, o === {_OWN}) }}));"],
            "expression": [f"app.use(cors({{ origin: {random.choice(['/.*/', '/^https:.*clinic.example$/'])} }}));"],
            "header": ['app.use((req, res, next) => { res.setHeader("Access-Control-Allow-Origin", "*"); next(); });'],
            "echo": [
                "app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', req.headers.origin); next(); });"
            ],
        }
        form = random.choice(list(forms))
        case.traps.add(f"CORS: {form}")
        if form in {"changed later", "assigned", "spread of a call", "function that asks", "expression"}:
            case.open.add("cors")
        return forms[form]

    def _session(self) -> list[str]:
        random, case = self._random, self._case
        package = random.choice(["session", "session", "cookieSession"])
        case.traps.add(package)
        values = {
            "secure": random.choice(["true", "false", "!false", '"auto"' if package == "session" else "true"]),
            "httpOnly": random.choice(["true", "false"]),
            "sameSite": random.choice(['"lax"', '"none"', '"strict"']),
            "maxAge": random.choice(
                ["900000", "15 * 60 * 1000", "36e5", "1000 * 60 * 60 * 24", "86_400_000", "7.2e6 / 2", "HOUR"]
            ),
        }
        self._before.append("const HOUR = 60 * 60 * 1000;")
        kept = [name for name in values if random.random() < 0.7]
        random.shuffle(kept)
        pairs = [f"{name}: {values[name]}" for name in kept]
        if kept and random.random() < 0.3:
            case.traps.add("twice")
            pairs.insert(0, f"{kept[-1]}: {'900000' if kept[-1] == 'maxAge' else 'false'}")
        if "secure" in kept and random.random() < 0.2:
            case.traps.add("shorthand")
            self._before.append(f"const secure = {values['secure']};")
            pairs = ["secure" if pair == f"secure: {values['secure']}" else pair for pair in pairs]
        body, common = ", ".join(pairs), 'secret: "sample", resave: false, saveUninitialized: false'
        if package == "cookieSession":
            return [f'app.use(cookieSession({{ name: "session", keys: ["sample"], {body} }}));']
        forms = {
            "inline": [f"app.use(session({{ {common}, cookie: {{ {body} }} }}));"],
            "no cookie": [f"app.use(session({{ {common} }}));"],
            "named cookie": [f"const cookie = {{ {body} }};", f"app.use(session({{ {common}, cookie }}));"],
            "named cookie, changed": [
                f"const cookie = {{ {body} }};",
                "cookie.secure = true;",
                f"app.use(session({{ {common}, cookie }}));",
            ],
            "options": [f"let options = {{ {common}, cookie: {{ {body} }} }};", "app.use(session(options));"],
            "options, changed": [
                f"const options = {{ {common}, cookie: {{ {body} }} }};",
                random.choice(
                    [
                        "options.cookie.secure = true;",
                        "options.cookie['secure'] = true;",
                        "options.cookie = { secure: true };",
                    ]
                ),
                "app.use(session(options));",
            ],
            "options, replaced": [
                f"let options = {{ {common}, cookie: {{ {body} }} }};",
                f"options = {{ {common}, cookie: {{ secure: true }} }};",
                "app.use(session(options));",
            ],
            "guarded": [
                f"const options = {{ {common}, cookie: {{ {body} }} }};",
                'if (app.get("env") !== "none") { options.cookie.secure = true; }',
                "app.use(session(options));",
            ],
            "variable": [
                f'app.use(session({{ {common}, cookie: {{ {body}{", " if body else ""}secure: process.env.NODE_ENV !== "none" }} }}));'
            ],
        }
        form = random.choice(list(forms))
        case.traps.add(form)
        if "changed" in form or form in {"options, replaced", "guarded", "variable"}:
            case.open.add("session")
        return forms[form]


_PACKAGES = (
    ("express", "express"), ("session", "express-session"), ("cookieSession", "cookie-session"), ("cors", "cors"),
    ("serveIndex", "serve-index"),
)  # fmt: skip
FORMS = (
    "server.js", "server.mjs", "main.ts", "in a function", "directory listing", "proxy: true", "proxy: enabled",
    "proxy: negated", "CORS: default", "CORS: name", "CORS: var", "CORS: changed later",
    "CORS: assigned", "CORS: spread", "CORS: spread of a call", "CORS: function", "CORS: expression", "CORS: header",
    "CORS: echo", "cookieSession", "twice", "shorthand", "named cookie", "named cookie, changed", "options, changed",
    "options, replaced", "guarded", "no cookie",
)  # fmt: skip
"""Traps that every run must have met."""
