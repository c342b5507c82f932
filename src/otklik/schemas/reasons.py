"""Why a record was set aside, in words: code of the quarantine -> catalogue key."""

from typing import Final

from otklik.base.text import N_

REASONS: Final = {
    "ends-before-start": N_("it ends before it starts"),
    "bad-date": N_("a date nobody can read"),
    "no-date": N_("no date"),
    "no-id": N_("no number of the request"),
    "no-request": N_("it belongs to a request that is not there"),
    "ragged-row": N_("too many or too few cells"),
    "line-too-long": N_("a line without end"),
    "unreadable-record": N_("a record nobody can read"),
    "not-text": N_("no text, but something else"),
    "not-json": N_("broken JSON"),
    "zero-byte": N_("bytes that no text has"),
    "no-events": N_("nothing happened in it"),
    "no-requests": N_("it holds no requests"),
    "ended-without-date": N_("it is over, but nobody says since when"),
    "bad-kind": N_("a kind of event nobody knows"),
    "bad-by": N_("nobody knows who did it"),
    "bad-status": N_("a state nobody knows"),
    "broken-quote": N_("a quotation mark without its pair"),
    "no-sender": N_("no sender"),
}
