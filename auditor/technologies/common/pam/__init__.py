"""Stacks of PAM: read, followed through their includes, and asked who gets in."""
