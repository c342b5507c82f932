"""Addresses of goals."""

from django.urls import URLPattern, path

from otklik.web.goals.learning_urls import LEARNING
from otklik.web.goals.views import coach, cycles, dates, files, first, objectives, parts, past, rhythm, school, talks

urlpatterns: list[URLPattern] = [
    path("", cycles.cycles, name="goals"),
    path("new/", cycles.cycle_new, name="cycle_new"),
    path("school/", school.goals_school, name="goals_school"),
    path("first/", first.first, name="goals_first"),
    path("import/", files.goals_import, name="goals_import"),
    path("talks/", talks.talks, name="goals_talks"),
    path("talks/note/<int:note_id>/settled/", talks.note_settled, name="note_settled"),
    path("talks/feedback/<int:feedback_id>/", talks.feedback_answer, name="feedback_answer"),
    path("dates/", dates.dates, name="goals_dates"),
    path("dates/<str:token>/goals.ics", dates.feed, name="goals_feed"),
    path("coach/", coach.goals_coach, name="goals_coach"),
    path("<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("<int:cycle_id>/file.<slug:kind>", files.cycle_file, name="cycle_file"),
    path("<int:cycle_id>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("<int:cycle_id>/stage/", cycles.cycle_stage, name="cycle_stage"),
    path("<int:cycle_id>/delete/", cycles.cycle_delete, name="cycle_delete"),
    path("<int:cycle_id>/history/", cycles.cycle_history, name="cycle_history"),
    path("<int:cycle_id>/week/", rhythm.week, name="goals_week"),
    path("<int:cycle_id>/middle/", rhythm.middle, name="goals_middle"),
    path("<int:cycle_id>/grading/", rhythm.grading, name="goals_grading"),
    path("<int:cycle_id>/retrospective/", rhythm.retro, name="goals_retro"),
    path("<int:cycle_id>/goal/", objectives.objective_new, name="objective_new"),
    path("goal/<int:objective_id>/", objectives.objective, name="objective"),
    path("goal/<int:objective_id>/edit/", objectives.objective_edit, name="objective_edit"),
    path("goal/<int:objective_id>/delete/", objectives.objective_delete, name="objective_delete"),
    path("goal/<int:objective_id>/key-result/", parts.key_result_new, name="key_result_new"),
    path("goal/<int:objective_id>/health/", parts.health_new, name="health_new"),
    path("key-result/<int:key_result_id>/edit/", parts.key_result_edit, name="key_result_edit"),
    path("key-result/<int:key_result_id>/delete/", parts.key_result_delete, name="key_result_delete"),
    path("key-result/<int:key_result_id>/past/", past.key_result_past, name="key_result_past"),
    path("health/<int:health_id>/edit/", parts.health_edit, name="health_edit"),
    path("health/<int:health_id>/delete/", parts.health_delete, name="health_delete"),
    *LEARNING,
]
