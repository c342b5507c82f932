"""What the numbers of a school and the limits of the coach's rules are called, and how each is written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from otklik.base.text import N_

NumberKind = Literal["whole", "grade", "share", "times", "choice"]


class NumberTold(NamedTuple):
    """A number one can set: `grade` is 0..1 as it stands, `share` is told in percent, `times` is a ratio."""

    kind: NumberKind
    label: str
    choices: Mapping[str, str] = MappingProxyType({})


NUMBERS: Final = {
    "objectives_warn_over": NumberTold("whole", N_("Objectives in one unit: a warning above")),
    "objectives_error_over": NumberTold("whole", N_("Objectives in one unit: too many above")),
    "personal_objectives_most": NumberTold("whole", N_("Objectives of one person: at most")),
    "key_results_warn_under": NumberTold("whole", N_("Key results of an objective: a warning below")),
    "key_results_error_over": NumberTold("whole", N_("Key results of an objective: too many above")),
    "bottom_up_warn_under": NumberTold("share", N_("Goals that teams set themselves: a remark below")),
    "cycle_weeks": NumberTold("whole", N_("Weeks of a cycle")),
    "drafted_weeks_before": NumberTold("whole", N_("Weeks before a cycle in which it is drafted")),
    "check_in_days": NumberTold("whole", N_("Days between check-ins")),
    "mid_review_week": NumberTold("whole", N_("Week of the mid-cycle review")),
    "rhythm": NumberTold("choice", N_("Rhythm of the week"), {
        "check_in": N_("A check-in"), "monday_friday": N_("Commitments on Monday, wins on Friday")}),
    "change_mid_cycle": NumberTold("choice", N_("Targets of a running cycle"), {
        "with_reason": N_("May be changed with a reason"), "no": N_("Are not changed")}),
    "commit_grade": NumberTold("grade", N_("Grade of what was promised at least")),
    "target_grade": NumberTold("grade", N_("Grade of the target")),
    "stretch_grade": NumberTold("grade", N_("Grade of the stretch")),
    "yellow_from": NumberTold("grade", N_("Yellow from")),
    "green_from": NumberTold("grade", N_("Green from")),
    "stretch_aim_low": NumberTold("grade", N_("Where aspirational goals should end on average: from")),
    "stretch_aim_high": NumberTold("grade", N_("Where aspirational goals should end on average: to")),
    "committed_due_grade": NumberTold("grade", N_("What was committed is explained below")),
    "aspirational_start_low": NumberTold("share", N_("Chance of an aspirational target at the start: from")),
    "aspirational_start_high": NumberTold("share", N_("Chance of an aspirational target at the start: to")),
    "committed_start_low": NumberTold("share", N_("Chance of a committed target at the start: at least")),
}  # fmt: skip
"""Numbers of a school, in the order they are shown."""

LIMITS: Final = {
    "objective_words_min": NumberTold("whole", N_("Words of an objective: at least")),
    "objective_words_max": NumberTold("whole", N_("Words of an objective: at most")),
    "why_words_min": NumberTold("whole", N_("Words of a reason: at least")),
    "copy_similarity": NumberTold("share", N_("Alike to a goal above: copied from")),
    "late_days": NumberTold("times", N_("Days without a new record: late above")),
    "unusable_share": NumberTold("share", N_("Records that cannot be used: too many above")),
    "confident": NumberTold("share", N_("Confidence that counts as sure: from")),
    "unlikely": NumberTold("share", N_("Chance that counts as unlikely: up to")),
    "disagreeing_check_ins": NumberTold("whole", N_("Check-ins in a row at which people and data disagree")),
    "check_in_grace_days": NumberTold("whole", N_("Days by which a check-in may be late")),
    "unchanged_check_ins": NumberTold("whole", N_("Check-ins in a row with the same confidence")),
    "pile_up_growth": NumberTold("times", N_("Pile-up just within the time: times as much as before")),
    "pile_up_alone": NumberTold("times", N_("The same where nothing is known of before: times the other side")),
    "gaming_growth": NumberTold("times", N_("Reopened, merged, on hold, left out: times as much as before")),
    "gaming_share": NumberTold("share", N_("The same: only from this share on")),
    "auto_reply_share": NumberTold("share", N_("Automatic first replies: too many above")),
    "mix_share": NumberTold("share", N_("Part of a gain that another mix of channels explains: too much above")),
}
"""Limits of the coach that are no numbers of a school."""

SAID_BY: Final = {
    "objectives_warn_over": N_("Google re:Work: 3 to 5"),
    "objectives_error_over": N_("Doerr 2018: 3 to 5; Klau 2013: at most 5"),
    "key_results_warn_under": N_("Google re:Work: about 3"),
    "key_results_error_over": N_("Doerr 2018: 5 or fewer; Klau 2013: at most 4"),
    "personal_objectives_most": N_("Otklik"),
    "cycle_weeks": N_("Doerr 2018: a quarter; Klau 2013: 12 weeks"),
    "commit_grade": N_("Puzzle ITC: commit, target, stretch"),
    "target_grade": N_("Puzzle ITC: commit, target, stretch"),
    "stretch_grade": N_("Puzzle ITC: commit, target, stretch"),
    "yellow_from": N_("Doerr 2018: red up to 0.3, yellow from 0.4; the cut between them is ours"),
    "green_from": N_("Doerr 2018: yellow up to 0.6, green from 0.7; the cut between them is ours"),
    "stretch_aim_low": N_("Google re:Work: 0.6 to 0.7"),
    "stretch_aim_high": N_("Google re:Work: 0.6 to 0.7; Klau 2013: always 1.0 is aiming too low"),
    "committed_due_grade": N_("Google's OKR playbook, in Doerr 2018"),
    "aspirational_start_low": N_("Otklik, around Wodtke's 5 of 10"),
    "aspirational_start_high": N_("Otklik, around Wodtke's 5 of 10"),
    "committed_start_low": N_("Otklik"),
    "bottom_up_warn_under": N_("Doerr 2018: about half; Klau 2013: more than half"),
    "rhythm": N_("Doerr 2018: check-ins and conversations every week"),
    "check_in_days": N_("Doerr 2018: every week"),
    "mid_review_week": N_("Otklik"),
    "drafted_weeks_before": N_("Otklik"),
    "change_mid_cycle": N_("Doerr 2018: goals are not carved in stone"),
}
"""Who said which number of the first school, Google's and Doerr's."""
