"""Who may what: background work. One's own is seen by everybody, that of others by those who bring records in."""

from otklik.web.jobs.models import Job
from tests.web.matrix import Row

ROWS = [
    Row(
        "job_progress",
        "302 200 200 200 200 200",
        own=lambda world, role: {"job_id": Job.add("x", asked_by=world.of(role)).pk},
    ),
    Row(
        "job_progress",
        "302 200 200 200 404 404",
        foreign=lambda world, role: {"job_id": Job.add("x", asked_by=world.other_than(role)).pk},
    ),
]
