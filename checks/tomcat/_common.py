"""What several checks of Tomcat ask."""

EVERYBODY = frozenset(
    {".*", ".+", "^.*$", "^.+$", "(.*)", r"\d+\.\d+\.\d+\.\d+", r"^\d+\.\d+\.\d+\.\d+$", "0.0.0.0/0", "::/0"}
)
"""Expressions and networks of valves that hold for every IPv4 or IPv6 address."""
