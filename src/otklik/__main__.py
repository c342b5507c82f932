"""`python -m otklik` is the command line."""

from otklik.cli.main import run

run()
