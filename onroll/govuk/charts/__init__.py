"""Drawings as SVG, made on the server, with the table that says the same."""

from onroll.govuk.charts.bars import Bar, age_of_cases, bar_chart
from onroll.govuk.charts.pieces import Drawing
from onroll.govuk.charts.places import LANES, Lane, Span, timeline_drawing
from onroll.govuk.charts.waterfall import Drop, waterfall_drawing

__all__ = [
    "LANES",
    "Bar",
    "Drawing",
    "Drop",
    "Lane",
    "Span",
    "age_of_cases",
    "bar_chart",
    "timeline_drawing",
    "waterfall_drawing",
]
