"""What stops a library: a panic in its Rust, which Python calls no `Exception`."""

_STOPPING = (KeyboardInterrupt, SystemExit, GeneratorExit)


def is_fault(error: BaseException) -> bool:
    """Say whether something went wrong: an exception of whatever kind, and no wish to stop."""
    if isinstance(error, _STOPPING):
        return False
    return isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime"


def where(error: BaseException) -> str:
    """Return the place that raised it, as `file.py:12`; what it says may be of a child."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
