"""Addresses of what helps people to set better goals: examples, a list sorted, what changed, what was learnt."""

from typing import Final

from django.urls import URLPattern, path

from otklik.web.goals.views import library, sorting, studies

LEARNING: Final[list[URLPattern]] = [
    path("library/", library.goals_library, name="goals_library"),
    path("library/take/", library.example_take, name="example_take"),
    path("sort/", sorting.goals_sort, name="goals_sort"),
    path("key-result/<int:key_result_id>/otherwise/", studies.key_result_otherwise, name="key_result_otherwise"),
]
