"""`otklik report FILE...`: one self-contained HTML page, and a short summary in the terminal."""

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from otklik.actions.make_report import Questions, make_report
from otklik.base.files import whole_file
from otklik.base.text import N_, Words
from otklik.cli.options import calendar_option, command, record_options, records_of, yardstick_of
from otklik.cli.showing import shown_progress
from otklik.schemas.targets import parse_target

DEFAULT_OUT = Path("otklik-report.html")


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    own = [
        calendar_option(words),
        click.Option(["--by"], metavar="COLUMNS", help=say(N_("Compare by these columns: channel,team,..."))),
        click.Option(["--target", "targets"], multiple=True, metavar="TARGET",
                     help=say(N_('A promise to check, like "first_reply<=4h@90%"; may be repeated.'))),
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False),
                     help=say(N_("Where to write the page (otklik-report.html)."))),
        click.Option(["--json", "as_json"], is_flag=True,
                     help=say(N_("Print everything as JSON instead of the summary."))),
        click.Option(["--save-mapping"], type=click.Path(path_type=Path, dir_okay=False),
                     help=say(N_("Save how the columns were understood, to correct and reuse."))),
    ]  # fmt: skip
    return command("report", say(N_("Read records, measure, and write one page that explains every number. FILE may be "
                   "several files, a folder, or - for standard input.")), [*record_options(words), *own],
                   lambda given: _report(words, given))  # fmt: skip


def _report(words: Words, given: dict[str, Any]) -> None:
    records, yardstick = records_of(given), yardstick_of(given)
    questions = Questions(
        by=tuple(part.strip() for part in (given["by"] or "").split(",") if part.strip()),
        targets=tuple(parse_target(text) for text in given["targets"]),
        time_zone=given["tz"],
        language=words.language,
    )
    out = given["out"] or (None if given["as_json"] else DEFAULT_OUT)
    with shown_progress(words) as progress:
        report, log = make_report(records, yardstick, questions, progress)
        if out:
            from otklik.report import render_html

            progress(N_("Drawing the pictures"), 0, None)
            page = render_html(report, words.language)
            with whole_file(out) as temporary:
                temporary.write_text(page, "utf-8")
    if given["save_mapping"]:
        from otklik.actions.save_mapping import save_log_mapping

        save_log_mapping(log, given["save_mapping"])
    if given["as_json"]:
        click.echo(report.model_dump_json(indent=2))
        return
    from otklik.report import render_guesses, render_text

    if log.guesses:
        click.echo(words.say(N_("How the records were understood (correct it with --map, --tz, --mapping):")), err=True)
        click.echo(render_guesses(log.guesses, words.language) + "\n", err=True)
    width = min(100, shutil.get_terminal_size((88, 24)).columns)
    click.echo(render_text(report, words.language, width=width, colour=sys.stdout.isatty()))
    click.echo(words.say(N_("The whole report: %(file)s"), file=str(out)))
