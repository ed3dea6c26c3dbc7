"""What may be said of an exception whose text could carry a value of a scanned file."""


def describe_error(error: BaseException) -> str:
    """Name an exception's type and its innermost place, without its text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{place}"
