"""Reads XES (IEEE 1849-2016 and the older 1.0), plain or .gz, as a stream of blocks."""

import re
from collections.abc import Sequence

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.intake.sources.xes.blocks import read_blocks
from otklik.intake.sources.xes.cases import CaseReader
from otklik.intake.sources.xes.gathering import Gathering
from otklik.schemas.log import SourceFacts

_ROOT = re.compile(rb"<(?:[\w.-]+:)?log[\s>/]|<!DOCTYPE\s+log\b")
_SIGN = re.compile(rb"xes\.|<trace[\s>/]|concept:name|<extension\s|<global\s")


class XesLog:
    """A process log in XES: cases become requests, their events become steps."""

    name = "xes"
    named_by_file = True

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim XML whose outermost element is `log`."""
        mine = tuple(item for item in inputs if _looks_like_log(item))
        return Recognition(mine, 0.95, N_("It is XML with a log of traces and events.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every case; raise BrokenXes or FileError for a file that is damaged or unsafe."""
        gathering = Gathering(options, out)
        for item in inputs:
            cases, row = CaseReader(), 0
            for block in read_blocks(item):
                row += gathering.add(cases.read(block), item.name, row)
                options.progress(N_("Reading events"), out.records, None)
            cases.finish(block)
        can = gathering.finish()
        return SourceFacts(out.source, "events", can, UNTOLD, time_zone=options.time_zone, is_process=True)


def _looks_like_log(item: Input) -> bool:
    head = item.head.replace(b"\0", b"")  # UTF-16
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or not _ROOT.search(head):
        return False
    return item.suffix == ".xes" or _SIGN.search(head) is not None
