"""`otklik demo`: a simulated company, its report, and the same command for one's own file."""

import sys
from pathlib import Path
from typing import Any

import click

from otklik.actions.simulate import simulate
from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.options import command
from otklik.cli.showing import shown_progress

TARGETS = ("first_reply<=4h@90%", "resolution<=2d@80% business")


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        click.Option(["--out", "folder"], type=click.Path(path_type=Path, file_okay=False), default=Path("out/demo"),
                     show_default=True, help=say(N_("The folder to write to."))),
        click.Option(["--requests"], type=click.IntRange(1000), default=50_000, show_default=True,
                     help=say(N_("How many requests to simulate."))),
        click.Option(["--seed"], type=int, default=2026, show_default=True,
                     help=say(N_("The same number gives the same company."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip
    text = N_("Simulate a year of a made-up company and write its report.")
    return command("demo", say(text), parameters, lambda given: _demo(words, given))


def _demo(words: Words, given: dict[str, Any]) -> None:
    from otklik.cli.main import main

    with shown_progress(words) as progress:
        progress(N_("Simulating a company"), 0, None)
        log, calendars = simulate(given["folder"], given["requests"], given["seed"])
    page = given["folder"] / "report.html"
    arguments = ["report", str(log), "--calendar", str(calendars), "--tz", "Europe/Moscow", "--lang", words.language]
    for target in TARGETS:
        arguments += ["--target", target]
    click.echo(words.say(N_("This company is simulated: every request in it is made up.")))
    if code := main([*arguments, "--out", str(page)]):
        sys.exit(code)
    click.echo(words.say(N_("The same on your own file:  %(command)s"), command=f"{_program()} report FILE"))


def _program() -> str:
    here = Path(sys.argv[0])
    return str(here) if here.parent.name == "bin" and here.name == "otklik" else "otklik"
