"""Memory while reading a file: the same however large the file."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.alone import alone
from bench.figures import Figure
from bench.made_up import transfer_file
from bench.most_memory import most_held
from onroll import formats

ABOUT = """\
A transfer file on disk, read pupil by pupil in a process of its own, then files of four and sixteen
times as many pupils. The figure is the most memory that process ever held, Python and libraries
included; the baseline is the smallest file."""
TIMES = (1, 4, 16)
AIM = 1.1


def run(*, quick: bool) -> list[Figure]:
    """Read the same pupils 1, 4 and 16 times over."""
    with TemporaryDirectory(prefix="onroll-bench-") as folder:
        paths = _files(Path(folder), transfer_file(500 if quick else 2_500))
        peaks = [(path.stat().st_size, alone(_peak, path)) for path in paths]
    (_, least), *larger = peaks
    return [
        Figure(
            title=f"Read a file of {size / 1e6:.0f} MB ({times} times as large)",
            figure=f"{peak:.0f} MB at most",
            baseline=f"the smallest file ({peaks[0][0] / 1e6:.0f} MB): {least:.0f} MB",
            ratio=peak / least,
            aim=f"flat (≤ {AIM:g})",
            is_reached=peak / least <= AIM,
        )
        for times, (size, peak) in zip(TIMES[1:], larger, strict=True)
    ]


def _files(folder: Path, data: bytes) -> Iterator[Path]:
    begins, ends = data.index(b"<Pupil>"), data.rindex(b"</Pupil>") + len(b"</Pupil>")
    for times in TIMES:
        path = folder / f"{times}.xml"
        with path.open("wb") as file:
            file.write(data[:begins])
            for _ in range(times):
                file.write(data[begins:ends])
            file.write(data[ends:])
        yield path


def _peak(path: Path) -> float:
    """Return the most memory in MB of this process once it has read the file."""
    for _ in formats.stream(path, name=path.name):
        pass
    return most_held() / 1e6
