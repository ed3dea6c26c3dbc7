"""Syntax only: text to trees whose every value keeps its place. Nothing here knows what a server does with it."""
