"""The weekly report as a tagged PDF (PDF/UA-1), set by Typst from data and a template."""

from datetime import datetime
from typing import Any

from onroll.govuk.fields import in_words
from onroll.govuk.pdf import typeset
from onroll.reports import layout
from onroll.reports.content import Count, Weekly
from onroll.reports.layout import Section, Subject


def pdf(
    weekly: Weekly, *, with_children: bool, colour: str, issued: str, made_at: datetime
) -> bytes:
    """Return the report as PDF bytes; `issued` says when and by whom it was issued."""
    content_ = {
        "title": layout.title(weekly),
        "authority": weekly.authority,
        "colour": colour,
        "issued": issued,
        "covers": layout.days(weekly),
        "names": with_children and bool(weekly.child_ids),
        "not_shown": "" if with_children else layout.NOT_SHOWN,
        "figures": [_count(count) for count in weekly.figures],
        "sections": [_section(s) for s in layout.sections(weekly, with_children=with_children)],
        "charts": [
            {
                "title": chart.title,
                "counted": chart.counted,
                "of": chart.of,
                "counts": [_count(count) for count in chart.counts],
            }
            for chart in layout.charts(weekly)
        ],
    }
    return typeset(content_, package="onroll.reports", template="weekly.typ", made_at=made_at)


def _count(count: Count) -> dict[str, Any]:
    return {"code": count.code, "title": count.title, "number": count.number}


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.heading,
        "lead": section.lead,
        "columns": section.columns,
        "numeric": sorted(section.numeric),
        "rows": [[_cell(cell) for cell in row] for row in section.rows],
        "empty": section.empty,
    }


def _cell(cell: Any) -> str:
    return cell.name if isinstance(cell, Subject) else layout.words(cell)


def issued_sentence(*, ref: str, at: datetime | None, by: str, sha256: str) -> str:
    """Return the footer: when and by whom the report was issued, and its fingerprint."""
    if at is None:
        return "Not issued: the figures of a week that is not over, or not frozen yet."
    by_whom = f" by {by}" if by else ""
    return (
        f"Report {ref}, issued on {in_words(at.date())} at {at:%H:%M}{by_whom} and not changed "
        f"since. Fingerprint {sha256[:16]}."
    )
