import pytest

from services.reviews_api.app import create_app


def test_one_councils_practice_is_not_laid_over_another(town):
    with pytest.raises(ValueError, match="another council's practice"):
        create_app(town.settings.model_copy(update={"authority": "E08000001"}), town.clock)


def test_a_council_without_an_overlay_lives_by_englands_timescales(town):
    app = create_app(town.settings.model_copy(update={"authority": "E08000001", "overlay": ""}), town.clock)
    codes = {row.code for row in app.state.door.law.catalogue.timescales}
    assert "lac-review-first" in codes
    assert "iro-allocation-sefton" not in codes
