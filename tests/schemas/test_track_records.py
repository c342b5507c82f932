from datetime import date

from otklik.schemas.track_records import Honesty, PastCycle, SaidBand, VisitsAgainstLog


def test_the_past_survives_a_file():
    past = PastCycle(
        first=date(2026, 10, 1), last=date(2026, 12, 31), n=10, k=9, share=0.9, low=0.6, high=0.98, reached=True
    )
    honesty = Honesty(data=0.1, people=0.3, difference=0.2, optimism=0.3, key_results=4)
    visits = VisitsAgainstLog(share=0.8, low=0.5, high=0.96, chance=0.2, disagreement=0.4, agrees=True)
    for one in (past, honesty, visits, SaidBand(said=0.2, happened=0.3, times=12)):
        assert type(one).model_validate_json(one.model_dump_json()) == one
