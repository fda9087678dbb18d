"""What a code may say in a test: its values, or names that a council gave where these are not listed."""

from shared.timescales.catalogue import load_catalogue
from shared.timescales.codes import CODES

_LADDERS = load_catalogue().ladders
NAMES = {
    "ladder": tuple(ladder.code for ladder in _LADDERS),
    "ladder_stage": tuple(f"{ladder.code}.{stage.code}" for ladder in _LADDERS for stage in ladder.stages),
}
SAYABLE = {code: NAMES.get(code, values) for code, values in CODES.items()}
