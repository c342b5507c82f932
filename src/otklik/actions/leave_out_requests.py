"""A report for eyes that may see the figures of the company, but no single request and nobody's name."""

from otklik.schemas.results import Report


def leave_out_requests(report: Report) -> Report:
    """Every figure stays; the requests waiting longest, the longest waits and the examples of signs go."""
    waiting = report.waiting and report.waiting.model_copy(update={"longest": []})
    signs = [sign.model_copy(update={"examples": []}) for sign in report.quality.signs]
    quality = report.quality.model_copy(update={"signs": signs})
    return report.model_copy(update={"waiting": waiting, "longest": [], "quality": quality})
