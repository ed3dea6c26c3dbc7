"""Random configurations of Tomcat 10.1 with the traps that a reader can fall into: several applications in one server."""

from dataclasses import dataclass, field
from random import Random

PORTS = (8081, 8082, 8083)


@dataclass
class Case:
    """The server.xml, the web.xml of each application, and the traps in them."""

    server: str
    webs: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, applications: list[str], keystore: str) -> Case:
    """Make one server with an application for each name."""
    traps: set[str] = set()
    connectors: list[str] = []
    for port in PORTS:
        kind = random.randrange(6)
        tls = f'<SSLHostConfig><Certificate certificateKeystoreFile="{keystore}" certificateKeystorePassword="sample-only"/></SSLHostConfig>'
        trace = random.choice(["", ' allowTrace="true"', ' allowTrace="false"', ' allowtrace="true"'])
        if kind == 0:
            traps.add("TLS")
            connectors.append(f'<Connector port="{port}" SSLEnabled="true"{trace}>{tls}</Connector>')
        elif kind == 1:
            traps.add("wrong case")
            connectors.append(f'<Connector port="{port}" sslenabled="true"{trace}/>')
        elif kind == 2:
            traps.add("only called secure")
            connectors.append(f'<Connector port="{port}" scheme="https" secure="true"{trace}/>')
        elif kind == 3:
            traps.add("comment")
            connectors.append(f'<!-- <Connector port="{port}" SSLEnabled="true"/> --><Connector port="{port}"{trace}/>')
        elif kind == 4:
            traps.add("loopback")
            connectors.append(f'<Connector port="{port}" address="127.0.0.1"{trace}/>')
        else:
            connectors.append(f'<Connector port="{port}"{trace}/>')
    server = (
        '<Server port="-1"><Service name="Catalina">'
        + "\n".join(connectors)
        + '<Engine name="Catalina" defaultHost="localhost">'
        '<Host name="localhost" appBase="webapps" autoDeploy="false"/></Engine></Service></Server>'
    )
    return Case(server, {name: _web(random, traps) for name in applications}, traps)


def _web(random: Random, traps: set[str]) -> str:
    parts: list[str] = []
    parameters = {
        "readonly": random.choice([None, "true", "false", "FALSE"]),
        "listings": random.choice([None, "true", "false", "True"]),
    }
    inner = "".join(
        f"<init-param><param-name>{name}</param-name><param-value>{value}</param-value></init-param>"
        for name, value in parameters.items()
        if value is not None
    )
    traps |= {name for name, value in parameters.items() if value is not None}
    parts.append(
        "<servlet><servlet-name>files</servlet-name><servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>"
        f"{inner}</servlet><servlet-mapping><servlet-name>files</servlet-name><url-pattern>/</url-pattern></servlet-mapping>"
    )
    if random.random() < 0.7:
        methods = random.choice(
            ["", "<http-method>GET</http-method>", "<http-method>GET</http-method><http-method>POST</http-method>"]
        )
        traps.add("methods" if methods else "all methods")
        parts.append(
            "<security-constraint><web-resource-collection><web-resource-name>a</web-resource-name>"
            f"<url-pattern>/closed/*</url-pattern>{methods}</web-resource-collection>"
            "<auth-constraint><role-name>nurse</role-name></auth-constraint></security-constraint>"
        )
        if random.random() < 0.4:
            traps.add("uncovered methods denied")
            parts.append("<deny-uncovered-http-methods/>")
    body = "\n".join(parts)
    return f'<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">\n{body}\n</web-app>'
