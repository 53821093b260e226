"""The most memory a process ever held."""

import re
import resource
from pathlib import Path


def most_held(process: int | str = "self") -> int:
    """Return the most bytes a process ever held; on other systems than Linux, this one.

    Linux counts what the process was before it became this program in `ru_maxrss`, but not here.
    """
    status = Path(f"/proc/{process}/status")
    if status.exists():
        (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        return int(peak) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
