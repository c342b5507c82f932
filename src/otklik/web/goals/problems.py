"""What people can put right when they work on goals."""

from otklik.base.errors import UserError
from otklik.base.text import N_


class CycleClosed(UserError):
    """What was agreed and graded stays as it is."""

    code = "cycle-closed"
    message = N_("The cycle %(cycle)s is closed: nothing in it changes any more.")
    hint = N_("Begin a new cycle and carry over what is still worth it.")


class WrongStage(UserError):
    """The stages follow each other in one order."""

    code = "wrong-stage"
    message = N_("The cycle %(cycle)s cannot go from “%(before)s” to “%(after)s”.")
    hint = N_("A draft is started, a running cycle is closed, a closing one is graded and then closed for good.")


class NotReady(UserError):
    """A gate is shut: `reasons` says why, one sentence each."""

    code = "not-ready"
    message = N_("The cycle cannot go on yet: %(reasons)s")


class BadSource(UserError):
    """Where a number comes from cannot be read."""

    code = "bad-source"
    message = N_("Where the number comes from cannot be read: %(reason)s")


class ChangedBySomebody(UserError):
    """Somebody else was quicker: nothing is overwritten unseen."""

    code = "changed-meanwhile"
    message = N_("Somebody else has changed this goal meanwhile; nothing was overwritten.")
    hint = N_("Look at how it stands now, then decide again.")


class NotYours(UserError):
    """The goal may be seen, not changed."""

    code = "not-yours"
    message = N_("You may look at this goal, but not change it.")
    hint = N_("Owners, managers and analysts change goals of all; members those of their own teams, and their own.")


class NumberOfAPerson(UserError):
    """Numbers of persons are for themselves: facts `number`, `goal`."""

    code = "number-of-a-person"
    message = N_("“%(number)s” is limited to requests that one person held, but the goal “%(goal)s” is not personal.")
    hint = N_("Limit it by team instead: numbers of persons are for themselves.")


class StrangeNames(UserError):
    """One measures one's own requests, nobody else's: facts `number`, `goal`, `names`."""

    code = "strange-names"
    message = N_(
        "“%(number)s” of the goal “%(goal)s” is limited to requests held by %(names)s, and that does not count as you."
    )
    hint = N_("My account shows the names that count as yours; an owner or a manager writes them down.")


class StaysPersonal(UserError):
    """What is known of one person's requests does not pass to others: facts `number`, `goal`."""

    code = "stays-personal"
    message = N_("“%(number)s” counts only requests that you held, so the goal “%(goal)s” stays personal, and yours.")
    hint = N_(
        "Take the limit off the number first. If it has been measured so in a running cycle, write a new goal instead."
    )


class GiveUpInstead(UserError):
    """What was agreed does not vanish."""

    code = "give-up-instead"
    message = N_("The cycle is under way: a key result is not taken away any more.")
    hint = N_("Give it up at the mid-cycle review, with a reason; it stays to be seen.")


class GoalStays(GiveUpInstead):
    """What was agreed does not vanish."""

    code = "goal-stays"
    message = N_("The cycle is under way: a goal is not taken away any more.")
    hint = N_("Give its key results up at the mid-cycle review, with a reason; they stay to be seen.")


class ReasonMissing(UserError):
    """Under way, what changes is told with its reason."""

    code = "reason-missing"
    message = N_("The cycle is under way: say why this changes.")


class WrongTime(UserError):
    """The cycle is not at the stage for this."""

    code = "wrong-time"
    message = N_("It is not the time for this in the cycle %(cycle)s.")
    hint = N_("Check-ins and the review are for running cycles; grades and the retrospective for closing ones.")


class TypedByNobody(UserError):
    """Numbers come from where they are bound."""

    code = "typed-by-nobody"
    message = N_("The number of “%(goal)s” is not typed: it is measured, sent or counted by steps.")
    hint = N_("Leave the value out; confidence and words are welcome.")


class NotADraft(UserError):
    """Goals are added by the armful only to a draft."""

    code = "not-a-draft"
    message = N_("The cycle %(cycle)s is no draft any more: goals are added to it one by one.")
    hint = N_("Choose a draft, or begin a new cycle.")


class PersonalAsksNobody(UserError):
    """A personal goal is seen by its person alone."""

    code = "personal-asks-nobody"
    message = N_("A personal goal asks nothing of teams: nobody else sees it.")
    hint = N_("Make it a goal of a team, or talk to the colleagues.")


class NotAsked(UserError):
    """For a team speak those who are in it."""

    code = "not-asked"
    message = N_("This was asked of the team %(team)s, and you do not speak for it.")
    hint = N_("Members of the team answer, and whoever changes the goals of all.")


class ConfirmedAlready(UserError):
    """What a team has promised is at nobody else's risk."""

    code = "confirmed-already"
    message = N_("The team %(team)s has confirmed it: there is no risk to carry.")


class NotConfirmed(UserError):
    """Only what was promised is delivered."""

    code = "not-confirmed"
    message = N_("The team %(team)s has not confirmed it: there is nothing to deliver yet.")


class NothingToKeep(UserError):
    """Only what was reached is kept."""

    code = "nothing-to-keep"
    message = N_("This key result was not reached, or its cycle still runs: there is nothing to keep yet.")


class AlreadyRevealed(UserError):
    """What was revealed is not changed after the fact."""

    code = "already-revealed"
    message = N_("This was revealed already: what is said of it now would not be secret any more.")
    hint = N_("Say it at the check-in, or in secret again next week.")


class TooFewToReveal(UserError):
    """Of one alone everybody would know whose number it is."""

    code = "too-few-to-reveal"
    message = N_("Too few people have said how sure they are of “%(goal)s”: one number alone would not be secret.")
    hint = N_("Wait until a second person has said so.")
