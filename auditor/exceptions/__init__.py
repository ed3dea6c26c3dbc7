"""Decisions to set findings aside: read from a file of exceptions and from comments, applied to a report.

`reading.read_exceptions` refuses a file that is not valid as a whole. `apply.apply` is a pure function of a report: it
marks the findings that an exception covers and lists every exception, those without effect too.
"""
