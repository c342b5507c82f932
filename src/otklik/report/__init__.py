"""Results to text, tables and HTML; no arithmetic."""

from otklik.report.explanation import render_explanation
from otklik.report.page import render_html
from otklik.report.summary_text import render_text
from otklik.report.understanding import render_guesses

__all__ = ["render_explanation", "render_guesses", "render_html", "render_text"]
