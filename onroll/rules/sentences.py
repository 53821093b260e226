"""What people typed, put beside sentences of ours."""

ENDS = (".", "!", "?", "…", ".”", ".)", ".'", '."')


def as_sentence(text: str) -> str:
    """Return what somebody typed with an end, so that the next sentence can follow it."""
    text = text.strip()
    return text if not text or text.endswith(ENDS) else f"{text.rstrip(',;:')}."
