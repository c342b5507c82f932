"""Results to text, tables and HTML; no arithmetic."""

from otklik.report.blocks import Section
from otklik.report.explanation import render_explanation
from otklik.report.page import render_figure, render_html, render_section
from otklik.report.pdf import render_pdf
from otklik.report.sheet import stylesheet
from otklik.report.summary_text import render_text
from otklik.report.understanding import render_guesses
from otklik.report.whole import QUESTIONS, section, sections

__all__ = [
    "QUESTIONS",
    "Section",
    "render_explanation",
    "render_figure",
    "render_guesses",
    "render_html",
    "render_pdf",
    "render_section",
    "render_text",
    "section",
    "sections",
    "stylesheet",
]
