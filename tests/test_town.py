async def test_a_new_council_answers(town):
    for service in ("reviews", "escalation", "scheduler"):
        assert (await town.ask(service, "GET", "/readyz")).status_code == 200
