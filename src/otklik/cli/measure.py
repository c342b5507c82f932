"""`otklik measure FILE... --out facts.parquet`: one row a request, every measure in both clocks and its state."""

from pathlib import Path
from typing import Any

import click

from otklik.actions.import_log import import_log
from otklik.actions.measure_speed import measure_speed
from otklik.actions.write_facts import write_facts
from otklik.base.text import N_, Words
from otklik.cli.options import calendar_option, command, record_options, records_of, yardstick_of
from otklik.cli.showing import shown_progress


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    out = click.Option(["--out"], required=True, type=click.Path(path_type=Path, dir_okay=False),
                       help=words.say(N_("The table to write: .parquet or .csv.")))  # fmt: skip
    text = N_("Measure records and write one row a request: seconds in both clocks and the state of every measure.")
    parameters = [*record_options(words), calendar_option(words), out]
    return command("measure", words.say(text), parameters, lambda given: _measure(words, given))


def _measure(words: Words, given: dict[str, Any]) -> None:
    with shown_progress(words) as progress:
        log = import_log(records_of(given), progress)
        facts = measure_speed(log, yardstick_of(given), progress).facts
        write_facts(facts, given["out"])
    click.echo(words.count("%(n)s request measured: %(file)s", "%(n)s requests measured: %(file)s",
                           facts.num_rows, file=str(given["out"])))  # fmt: skip
