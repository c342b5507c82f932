import pytest

from otklik.actions.list_sources import list_sources


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_source_is_named_in_both_languages(language: str) -> None:
    listed = dict(list_sources(language))
    assert {"table", "xes", "zendesk", "mail"} <= set(listed)
    assert all(listed.values())


def test_russian_titles_are_russian() -> None:
    assert any("а" <= letter <= "я" for letter in dict(list_sources("ru"))["mail"].lower())
