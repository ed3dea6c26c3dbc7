"""Configuration auditor for people who run health-care systems."""

__version__ = "0.1.0"
