"""The tags of a PDF in reading order, each with the words that it marks."""

from typing import Any

from pypdf import PdfReader


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    """Return the kinds of tags in reading order, each with the words that it marks."""
    marked = {page.indirect_reference.idnum: _marked(page) for page in reader.pages}
    found: list[tuple[str, str]] = []

    def walk(node: Any, page: int) -> str:
        if isinstance(node, int):
            return marked[page].get(node, "")
        if isinstance(node, list):
            return "".join(walk(kid.get_object(), page) for kid in node)
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        if "/MCID" in node:
            return marked[page].get(node["/MCID"], "")
        place = len(found)
        found.append((str(node.get("/S", "")), ""))
        words = walk(node["/K"].get_object(), page) if "/K" in node else ""
        found[place] = (found[place][0], words)
        return words

    root: Any = reader.trailer["/Root"]
    walk(root["/StructTreeRoot"], 0)
    return found


def _marked(page: Any) -> dict[int, str]:
    """Return by its number the words of each marked part of a page."""
    words: dict[int, str] = {}
    open_parts: list[int | None] = []

    def before(operator: bytes, operands: list, *_matrices: object) -> None:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            open_parts.append(properties.get("/MCID") if isinstance(properties, dict) else None)
        elif operator == b"EMC":
            open_parts.pop()

    def text(part: str, *_rest: object) -> None:
        number = next((each for each in reversed(open_parts) if each is not None), None)
        if number is not None:
            words[number] = words.get(number, "") + part.strip("\n")

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return words
