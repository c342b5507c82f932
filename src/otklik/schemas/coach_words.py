"""The words of the coach: what each rule is called, why it is there, whose it is, and what it says of a finding."""

from typing import Final

from otklik.base.text import N_

TITLES: Final = {
    "O1": N_("The objective is something shipped"),
    "O2": N_("A number in the objective"),
    "O3": N_("The objective goes on as before"),
    "O4": N_("Nobody could tell whether it happened"),
    "O5": N_("Too short or too long for one line"),
    "O6": N_("Two objectives in one"),
    "O7": N_("No reason why it matters"),
    "K1": N_("No number"),
    "K2": N_("No way from a start to an end"),
    "K3": N_("Busy instead of effective"),
    "K4": N_("Something shipped instead of its effect"),
    "K5": N_("A number without a unit"),
    "K6": N_("A time without a statistic"),
    "K7": N_("The mean of waits"),
    "K8": N_("Words without a measure"),
    "K9": N_("All or nothing"),
    "S1": N_("Too many or too few"),
    "S2": N_("Not exactly one person answers for it"),
    "S3": N_("Neither committed nor aspirational"),
    "S4": N_("Speed without a counterweight"),
    "S5": N_("Only late or only early numbers"),
    "S6": N_("Everything on the last day"),
    "S7": N_("Hangs in the air, or copies from above"),
    "S8": N_("The same number twice"),
    "D1": N_("Reached before the start"),
    "D2": N_("A change too small to be seen"),
    "D3": N_("The start is not what was measured"),
    "D4": N_("The records are not sound"),
    "D5": N_("People and data disagree"),
    "D6": N_("Signs that the number is gamed"),
}
"""Rule -> what it is called."""

WHYS: Final = {
    "O1": N_("A thing can be shipped and nobody waits less."),
    "O2": N_("Numbers belong to the key results; an objective says what becomes true for people."),
    "O3": N_("No push for anything new: what shall stay as it is belongs to the health measures."),
    "O4": N_("An observer could not say on the last day whether it has happened."),
    "O5": N_("Fewer words say nothing, more are not remembered."),
    "O6": N_("Two goals hide in one, and its grade becomes an average of unlike things."),
    "O7": N_("A goal of little value: it is reached, and nobody notices."),
    "K1": N_("Without a number it is no key result."),
    "K2": N_("What has no start or no limit to keep cannot be graded."),
    "K3": N_("It describes being busy; people can analyse for a quarter and change nothing."),
    "K4": N_("It counts what was made and not what changed by it."),
    "K5": N_("Twelve of what? Each reader takes another unit."),
    "K6": N_("“Response time” can be read in a dozen ways, each with another verdict."),
    "K7": N_(
        "Waits are skewed: one forgotten request moves the mean, nine hundred good ones do not show. "
        "Take the median, p90 or the share within a time."
    ),
    "K8": N_("Everyone reads these words differently; a length of time is read by all alike."),
    "K9": N_("One unlucky case decides the grade, and hiding cases becomes tempting."),
    "S1": N_("Focus: who pursues everything moves nothing."),
    "S2": N_("What is shared by many is done by nobody."),
    "S3": N_("The same grade of 0.7 is a success for one and a failure for the other."),
    "S4": N_("Fast and wrong: replies sped up by templates, requests closed early."),
    "S5": N_("Late numbers tell when nothing can be done any more; early ones alone prove nothing."),
    "S6": N_("There is no plan inside the cycle: the first look comes when it is over."),
    "S7": N_("An orphan moves nothing that the company wants; a copy adds nothing to it."),
    "S8": N_("The same gain is counted twice."),
    "D1": N_("Either the goal is set too low on purpose, or its definition is wrong."),
    "D2": N_("With so few requests, reaching it would be luck."),
    "D3": N_("Progress would be invented on the first day."),
    "D4": N_("The number would measure the records and not the service."),
    "D5": N_("Green outside, red inside: the honest talk is put off until it is too late."),
    "D6": N_("What is measured gets managed: the number improves and customers wait as before."),
}
"""Rule -> why it is there."""

_PLAYBOOK: Final = N_("Google's OKR playbook")
_OURS: Final = N_("Otklik's own rule")
SOURCES: Final = {
    "O1": N_("Google's OKR playbook; Google re:Work partly disagrees, hence a warning"),
    "O2": N_("Wodtke, Radical Focus"),
    "O3": N_("Google re:Work; Google's OKR playbook on business as usual"),
    "O4": N_("Google re:Work: an unambiguous end state"),
    "O5": N_("The one-line test, common practice"),
    "O6": N_("Grove, High Output Management: few and clear"),
    "O7": N_("Google's OKR playbook on low-value objectives"),
    "K1": N_("Doerr, Measure What Matters, quoting Mayer"),
    "K2": N_("Doerr, Measure What Matters; common practice"),
    "K3": N_("Google re:Work names these very words"),
    "K4": N_("Google's OKR playbook; Google re:Work on evidence"),
    "K5": N_("The rule that a result is measurable"),
    "K6": _OURS,
    "K7": _OURS,
    "K8": N_("Google re:Work: unambiguous"),
    "K9": N_("Grove on pairing; the practice of service levels"),
    "S1": N_("Doerr; Google re:Work; Wodtke is stricter"),
    "S2": N_("Google's OKR playbook; GitLab's handbook"),
    "S3": N_("Google's OKR playbook, its first trap"),
    "S4": N_("Grove: pair an effect with its counter-effect; Wodtke: health measures"),
    "S5": N_("Grove: leading indicators; the practice of indicators"),
    "S6": _PLAYBOOK,
    "S7": N_("Doerr: align, do not dictate"),
    "S8": _OURS,
    "D1": N_("Google's OKR playbook on sandbagging"),
    "D2": _OURS,
    "D3": _OURS,
    "D4": _OURS,
    "D5": N_("Wodtke: honest confidence; Operately's rule on overdue check-ins"),
    "D6": N_("Goodhart's law; Grove"),
}
"""Rule -> who taught it."""

REMARKS: Final = {
    "o1.ships": N_("“%(word)s” names a thing to ship. Say what becomes true for the customer once it is there."),
    "o2.number": N_("“%(number)s” belongs into a key result."),
    "o3.as-before": N_("“%(word)s” asks for no change. Make it a health measure, or say what shall be new."),
    "o4.abstract": N_("A movement and abstract nouns only. Say what a customer would see, tell or be able to do."),
    "o5.short": N_("%(n)s words; at least %(least)s are needed to say something."),
    "o5.long": N_("%(n)s words; more than %(most)s are not remembered. What is marked could go."),
    "o6.two": N_("“%(first)s” and “%(second)s” are two goals: make them two objectives, or drop one."),
    "o7.empty": N_("Say why it matters: for whom, and what happens if nothing changes."),
    "o7.short": N_("A reason of fewer than %(least)s words explains nothing."),
    "o7.repeats": N_("The reason only repeats the objective."),
    "k1.no-number": N_("There is no number. Write from what to what it shall move, and in which unit."),
    "k2.no-start": N_("It names where to be and not where from. Write “from … to …”, or “stays at or below …”."),
    "k3.busy": N_("“%(word)s” describes being busy. Write which number this shall move."),
    "k4.ships": N_("“%(word)s” counts what is made. Write what changes for customers by it, or make it a milestone."),
    "k4.no-steps": N_("A milestone without steps: name them, each with its day."),
    "k4.no-day": N_("The step “%(step)s” has no day, and neither has the milestone."),
    "k4.no-proof": N_("The step “%(step)s” is done, but no link proves it."),
    "k5.no-unit": N_("%(number)s of what? Add the unit."),
    "k6.no-statistic": N_("Which of the waits? Write the median, p90, or the share within a time."),
    "k6.half-bound": N_("The measure is only half described: %(missing)s is missing."),
    "k7.mean": N_("“%(word)s”: take the median, p90 or the share within a time instead of the mean."),
    "k8.vague": N_("“%(word)s” has no measure. Write within which time."),
    "k9.all": N_("“%(word)s”: one unlucky case decides the grade. Write a share, or mark the key result as committed."),
    "s1.many-objectives": N_(
        "%(n)s objectives for %(unit)s; more than %(limit)s are too many. Move some to “not now”."
    ),
    "s1.no-key-results": N_("No key result shows whether the objective is reached."),
    "s1.few-key-results": N_("Only %(n)s key result of at least %(limit)s: one number seldom tells the whole."),
    "s1.many-key-results": N_("%(n)s key results; more than %(limit)s are not pursued but administered."),
    "s2.nobody": N_("Nobody answers for it. Name one person."),
    "s2.many": N_("%(owners)s: name the one person who answers for it."),
    "s2.team": N_("%(owner)s is a team; name one person."),
    "s2.gone": N_("%(owner)s is no longer active; hand it over to somebody."),
    "s3.unmarked": N_("Mark it as committed (1.0 expected) or aspirational (0.7 is a success)."),
    "s4.no-counterweight": N_(
        "Every number is about speed. Add one that would show the harm: reopened requests, satisfaction, errors, cost."
    ),
    "s5.all-late": N_(
        "Every number here comes late. Add one that moves within days, such as a share answered in time."
    ),
    "s5.all-early": N_(
        "Every number here is an early one. Add one that proves the effect: repeat purchase, satisfaction."
    ),
    "s6.last-day": N_("Every key result falls due on the last day. Set checkpoints on the way."),
    "s7.orphan": N_("It contributes to nothing above. Name the objective that it serves."),
    "s7.copy": N_("Word for word the objective above, “%(parent)s”. Say what your own part in it is."),
    "s8.twice": N_("The same measure of the same requests over the same days as in %(other)s: leave it in one place."),
    "d1.reached": N_(
        "Before the start %(value)s [%(low)s; %(high)s] was measured: the target of %(target)s is reached already."
    ),
    "d2.invisible": N_(
        "From %(start)s to %(target)s is %(distance)s; so many requests show only a change of %(visible)s or more."
    ),
    "d3.other-start": N_("%(typed)s is written as the start, but %(value)s [%(low)s; %(high)s] was measured."),
    "d4.late": N_("The last record is %(days)s days old."),
    "d4.unusable": N_("%(percent)s %% of the records cannot be used; more than %(limit)s %% are too many."),
    "d4.missing": N_("Missing from the records: %(channels)s."),
    "d5.sure-but-unlikely": N_(
        "The team says %(confidence)s, the data say %(probability)s, %(times)s check-ins running."
    ),
    "d5.silent-green": N_("Marked green, but the last check-in was %(days)s days ago."),
    "d5.unchanged": N_("The confidence has been %(confidence)s for %(times)s check-ins running."),
    "d6.pile_up": N_(
        "Just below the limit lie %(now)s times as many as just above it; before the start it was %(before)s."
    ),
    "d6.reopened": N_("More requests are reopened than before the start: %(now)s %%, it was %(before)s %%."),
    "d6.merged": N_("More requests are merged than before the start: %(now)s %%, it was %(before)s %%."),
    "d6.on_hold": N_("More time is on hold than before the start: %(now)s %%, it was %(before)s %%."),
    "d6.excluded": N_("More requests are left out than before the start: %(now)s %%, it was %(before)s %%."),
    "d6.auto_reply": N_("%(now)s %% of the first replies are automatic; before the start it was %(before)s %%."),
    "d6.mix": N_("%(now)s %% of the gain is explained by the mix of channels alone."),
    "sort.labelled": N_("It is called so."),
    "sort.from-to": N_("A number moves from a start to an end."),
    "sort.moves": N_("A number shall be moved, but its start is missing."),
    "sort.stays": N_("A number shall be kept, not moved."),
    "sort.level": N_("A number without a way from a start to an end."),
    "sort.measure": N_("It names a measure without saying where it shall go."),
    "sort.ships": N_("“%(word)s”: something to be made; it is done or not."),
    "sort.busy": N_("“%(word)s”: work to do, not its effect."),
    "sort.state": N_("It says what shall be true, without numbers."),
}
"""Reason key of a finding or a sorted line -> its words, with named places."""
