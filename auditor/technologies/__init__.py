"""Meaning: one package for each technology, from text to a typed document and to a server's effective configuration."""
