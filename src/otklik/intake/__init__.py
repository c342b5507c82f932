"""From any record to the service log: recognise, map, read, check, set aside."""

from otklik.intake.building import LogBuilder
from otklik.intake.reading import read_log
from otklik.intake.source import Input, ReadOptions, Recognition, Source

__all__ = ["Input", "LogBuilder", "ReadOptions", "Recognition", "Source", "read_log"]
