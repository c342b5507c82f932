"""`otklik schema`: the JSON Schema of what `otklik report --json` prints."""

import json

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    text = N_("Print the JSON Schema of what `otklik report --json` prints.")
    return command("schema", words.say(text), [], lambda given: _schema())


def _schema() -> None:
    from otklik.schemas.published import report_schema

    click.echo(json.dumps(report_schema(), indent=2, ensure_ascii=False))
