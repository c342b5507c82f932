from otklik.schemas.track_records import Honesty, SaidBand


def test_the_past_survives_a_file():
    honesty = Honesty(data=0.1, people=0.3, difference=0.2, optimism=0.3, key_results=4)
    for one in (honesty, SaidBand(said=0.2, happened=0.3, times=12)):
        assert type(one).model_validate_json(one.model_dump_json()) == one
