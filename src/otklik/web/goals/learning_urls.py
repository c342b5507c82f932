"""Addresses of what helps people to set better goals: examples, a list sorted, what changed, what was learnt."""

from typing import Final

from django.urls import URLPattern, path

from otklik.web.goals.views import (
    bringing,
    dependencies,
    library,
    means,
    offers,
    secret_confidence,
    sorting,
    studies,
    waivers,
    week_extras,
)

LEARNING: Final[list[URLPattern]] = [
    path("library/", library.goals_library, name="goals_library"),
    path("library/take/", library.example_take, name="example_take"),
    path("sort/", sorting.goals_sort, name="goals_sort"),
    path("key-result/<int:key_result_id>/otherwise/", studies.key_result_otherwise, name="key_result_otherwise"),
    path("key-result/<int:key_result_id>/drivers/", studies.key_result_drivers, name="key_result_drivers"),
    path("<int:cycle_id>/week/file.md", week_extras.week_file, name="week_file"),
    path("<int:cycle_id>/week/secret/", secret_confidence.secret, name="goals_secret"),
    path("<int:cycle_id>/week/reveal/", secret_confidence.reveal, name="goals_reveal"),
    path("<int:cycle_id>/squares/", week_extras.squares, name="goals_squares"),
    path("<int:cycle_id>/wins/", week_extras.week_wins, name="week_wins"),
    path("<int:cycle_id>/promises/", week_extras.week_promises, name="week_promises"),
    path("promise/<int:promise_id>/", week_extras.promise_tick, name="promise_tick"),
    path("<int:cycle_id>/means/", bringing.means_bring, name="means_bring"),
    path("goal/<int:objective_id>/means/", means.means_new, name="means_new"),
    path("means/<int:means_id>/edit/", means.means_edit, name="means_edit"),
    path("means/<int:means_id>/delete/", means.means_delete, name="means_delete"),
    path("means/<int:means_id>/effect/", studies.means_effect, name="means_effect"),
    path("goal/<int:objective_id>/dependency/", dependencies.dependency_new, name="dependency_new"),
    path("dependency/<int:dependency_id>/edit/", dependencies.dependency_edit, name="dependency_edit"),
    path("dependency/<int:dependency_id>/delete/", dependencies.dependency_delete, name="dependency_delete"),
    path("dependency/<int:dependency_id>/answer/", dependencies.dependency_answer, name="dependency_answer"),
    path("dependency/<int:dependency_id>/risk/", dependencies.dependency_risk, name="dependency_risk"),
    path("dependency/<int:dependency_id>/delivered/", dependencies.dependency_delivered, name="dependency_delivered"),
    path("<int:cycle_id>/changed/", studies.cycle_changed, name="cycle_changed"),
    path("<int:cycle_id>/changed/numbers/", studies.cycle_changed_numbers, name="cycle_changed_numbers"),
    path("health/<int:health_id>/goal/", offers.health_goal, name="health_goal"),
    path("key-result/<int:key_result_id>/keep/", offers.key_result_keep, name="key_result_keep"),
    path("goal/<int:objective_id>/waive/", waivers.goal_waive, name="goal_waive"),
    path("<int:cycle_id>/waive/", waivers.cycle_waive, name="cycle_waive"),
    path("waiver/<int:waiver_id>/drop/", waivers.waiver_drop, name="waiver_drop"),
]
