"""`otklik worker`: background work alone, for an installation with several processes."""

from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command
from otklik.cli.serve import folder_option


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    text = N_("Do the background work of the web application until stopped.")
    return command("worker", words.say(text), [folder_option(words)], _work)


def _work(given: dict[str, Any]) -> None:
    from otklik.web.serve import work

    work(given["folder"])
