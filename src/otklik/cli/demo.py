"""`otklik demo`: a simulated company, its report, and the web application filled with it."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from otklik.actions.simulate import simulate
from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.options import command
from otklik.cli.showing import shown_progress
from otklik.web.listening import check_address

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
        click.Option(["--port"], type=click.IntRange(1, 65_535), default=8000, show_default=True,
                     help=say(N_("The port of the web application."))),
        click.Option(["--no-serve"], is_flag=True,
                     help=say(N_("Write the report only; do not start the web application."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip
    text = N_("Simulate a year of a made-up company, write its report, and open the web application filled with it.")
    return command("demo", say(text), parameters, lambda given: _demo(words, given))


def _demo(words: Words, given: dict[str, Any]) -> None:
    folder = given["folder"]
    if not given["no_serve"]:
        check_address("127.0.0.1", given["port"])
    log, calendars = _report(words, given)
    click.echo(words.say(N_("The same on your own file:  %(command)s"), command=f"{_program()} report FILE"))
    if not given["no_serve"]:
        _serve(words, folder / "data", given["port"], log, calendars)


def _report(words: Words, given: dict[str, Any]) -> tuple[Path, Path]:
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
    return log, calendars


def _serve(words: Words, folder: Path, port: int, log: Path, calendars: Path) -> None:
    from otklik.web.demo import account_of, fill, is_filled
    from otklik.web.serve import Serving, prepare, serve

    os.environ["OTKLIK_DATA"] = str(folder.resolve())
    if is_filled(folder):
        prepare(folder)
        account = account_of(folder)
    else:
        with shown_progress(words) as progress:
            progress(N_("Filling the web application"), 0, None)
            account = fill(folder, log, calendars, TARGETS, words.language, progress)
    serving = Serving(folder, port=port)
    click.echo(
        words.say(N_("The web application answers at %(address)s (stop it with Ctrl-C)."), address=serving.address)
    )
    click.echo(words.say(N_("Log in as %(email)s with the password %(password)s"), email=account.email,
                         password=account.password))  # fmt: skip
    serve(serving)


def _program() -> str:
    here = Path(sys.argv[0])
    return str(here) if here.parent.name == "bin" and here.name == "otklik" else "otklik"
