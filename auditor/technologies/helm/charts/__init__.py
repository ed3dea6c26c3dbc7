"""The charts that are known, one module for each: what they make of their values."""
