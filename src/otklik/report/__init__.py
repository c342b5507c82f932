"""Results to text, tables and HTML; no arithmetic."""

from otklik.report.explanation import render_explanation
from otklik.report.page import render_html
from otklik.report.summary_text import render_text

__all__ = ["render_explanation", "render_html", "render_text"]
