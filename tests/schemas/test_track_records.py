from otklik.schemas.track_records import Honesty, SaidBand, VisitsAgainstLog


def test_the_past_survives_a_file():
    honesty = Honesty(data=0.1, people=0.3, difference=0.2, optimism=0.3, key_results=4)
    visits = VisitsAgainstLog(share=0.8, low=0.5, high=0.96, chance=0.2, disagreement=0.4, agrees=True)
    for one in (honesty, visits, SaidBand(said=0.2, happened=0.3, times=12)):
        assert type(one).model_validate_json(one.model_dump_json()) == one
