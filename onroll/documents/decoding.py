"""Opens what people attach: a program of its own, with little memory and little time.

`apart` runs it, without the service's settings and secrets, so that a file made to harm its reader
harms nothing else. It reads a file from standard input and writes to standard output how many pages
it has, or a copy of the picture to be shown. It ends with 3, and a word that says why, where there
is nothing to give.
"""

import io
import resource
import sys
import warnings
from contextlib import suppress
from typing import Any, NoReturn

MEMORY = 1536 * 1024 * 1024  # bytes
SECONDS = 20  # of the processor
MOST_DOTS = 100_000_000
"""Of width times height: a phone has 50 million; a few hundred bytes can claim thousands."""
LONGEST = 2000
"""Dots of the longer side of a copy: enough to read a letter that was photographed."""
QUALITY = 85
ORIENTATION = 0x0112
"""The tag of a picture's metadata that says how it is to be turned (EXIF 2.32, 4.6.4)."""
STILL = ("JPEG", "HEIF", "BMP")
"""Formats whose first picture is the whole one, whatever a phone keeps beside it."""


def stop(why: str) -> NoReturn:
    """End with a word that says why there is nothing to give."""
    sys.stdout.write(why)
    sys.stdout.flush()
    sys.exit(3)


def copy(content: bytes, decoder: str) -> bytes:
    """Return a picture as a JPEG, upright, no larger than it is to be shown, with no metadata.

    The bytes are those of a new picture onto which the dots of the first were painted, so nothing
    else that the file held can be in them.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    image = _open(content, decoder)
    if image.width * image.height > MOST_DOTS:
        stop("too-many-dots")
    if decoder not in STILL and getattr(image, "is_animated", False):
        stop("several-pages" if decoder == "TIFF" else "moves")
    if image.mode not in ("1", "P", "PA"):
        image.thumbnail((LONGEST, LONGEST))
    image.load()  # a TIFF turns itself when it is read, and says so from then on
    orientation = image.getexif().get(ORIENTATION, 1)
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image.thumbnail((LONGEST, LONGEST))
    layer = image.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer)
    flat.getexif()[ORIENTATION] = orientation
    upright = ImageOps.exif_transpose(flat)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _open(content: bytes, decoder: str) -> Any:
    """Open a picture by the one decoder of its format."""
    from PIL import Image

    if decoder == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(io.BytesIO(content), formats=(decoder,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        stop("too-many-dots")


def pages_of_pdf(content: bytes, most: int) -> int:
    """Return how many pages a PDF has; where it has more than `most`, some number above that."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        stop("password")
    root: Any = reader.trailer["/Root"]
    branches: list[Any] = [root["/Pages"].get_object()]
    seen: set[int] = set()
    number = 0
    while branches and number <= most:
        node = branches.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if "/Kids" in node:
            branches += [kid.get_object() for kid in node["/Kids"]]
        else:
            number += 1
    return number


def pages_of_tiff(content: bytes, most: int) -> int:
    """Return how many pages a TIFF has, as far as one above `most`."""
    image = _open(content, "TIFF")
    with suppress(EOFError):
        for number in range(most + 1):
            image.seek(number)
    return int(image.tell()) + 1


def main() -> None:
    """Do what the arguments say: `copy DECODER`, `pdf MOST` or `tiff MOST`."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with suppress(ValueError, OSError):  # macOS has no limit of memory
            resource.setrlimit(limit, (most, most))
    task, argument = sys.argv[1:]
    content = sys.stdin.buffer.read()
    if task == "copy":
        sys.stdout.buffer.write(copy(content, argument))
    else:
        count = pages_of_pdf if task == "pdf" else pages_of_tiff
        sys.stdout.write(str(count(content, int(argument))))


if __name__ == "__main__":
    main()
