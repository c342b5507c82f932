"""`otklik sources`: the kinds of records that can be read."""

import click

from otklik.actions.list_sources import list_sources
from otklik.base.text import N_, Words
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    return command("sources", words.say(N_("List the kinds of records that can be read.")), [], lambda _: _list(words))


def _list(words: Words) -> None:
    for name, summary in list_sources(words.language):
        click.echo(f"{name:<12} {summary}")
