"""Recognise panics of Rust libraries, which Python does not raise as an `Exception`."""

_STOPPING = (KeyboardInterrupt, SystemExit, GeneratorExit)


def is_fault(error: BaseException) -> bool:
    """Return whether something is a fault of any kind, rather than a request to stop."""
    if isinstance(error, _STOPPING):
        return False
    return isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime"


def where(error: BaseException) -> str:
    """Return the place that raised a fault, as `file.py:12`; its message may be about a child."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
