"""Stories that were thought out beforehand: between them every step is taken."""

from shared.auth.principal import Role
from tests.stateful.ladder.policy import Rung

PLAIN = [
    ("begin", (Role.SOCIAL_WORKER, "ann"), 0, None, None, None),
    ("begin", (Role.IRO, "ann"), 1, None, None, 9),
    ("draft", 0, (Role.SOCIAL_WORKER, "bob"), [3, 9], False),
    ("discard", 0, (Role.TEAM_MANAGER, "bob")),
    ("draft", 0, (Role.SOCIAL_WORKER, "bob"), [1], False),
    ("wait", 24),
    ("send", 0, (Role.TEAM_MANAGER, "bob")),
    ("wait", 240),
    ("hear",),
    ("begin", (Role.CP_CHAIR, "cat"), 2, True, None, None),
    ("draft", 1, (Role.SENIOR_MANAGER, "bob"), [2, 3, 4], True),
    ("decide", 1, (Role.IRO, "bob"), "accept"),
    ("decide", 1, (Role.IRO, "ann"), "accept_partly"),
    ("follow", 1, (Role.TEAM_MANAGER, "cat"), 0, "keep", 1),
    ("follow", 1, (Role.IRO, "cat"), 1, "move", 9),
    ("take", 1, (Role.IRO, "ann"), "resolve"),
    ("follow", 1, (Role.IRO, "cat"), 1, "drop", 0),
    ("follow", 1, (Role.IRO, "cat"), 2, "keep", 0),
    ("take", 1, (Role.IRO, "ann"), "resolve"),
    ("take", 1, (Role.IRO, "ann"), "reopen"),
    ("draft", 1, (Role.SENIOR_MANAGER, "bob"), [], True),
    ("decide", 1, (Role.IRO_MANAGER, "cat"), "reject"),
    ("hear_again",),
    ("take", 1, (Role.IRO, "ann"), "ask_again"),
    ("advance", 1, (Role.IRO, "ann"), None),
    ("advance", 0, (Role.IRO, "ann"), 1),
    ("draft", 0, (Role.SENIOR_MANAGER, "bob"), [], True),
    ("decide", 0, (Role.IRO, "ann"), "accept"),
    ("take", 0, (Role.IRO, "ann"), "resolve_partly"),
    ("take", 0, (Role.IRO, "ann"), "reopen"),
    ("take", 0, (Role.IRO, "ann"), "supersede"),
    ("take", 1, (Role.IRO, "bob"), "withdraw"),
    ("take", 1, (Role.IRO, "ann"), "withdraw"),
]
QUIET = Rung("stage_0", False, ("social_worker", "team_manager"), 5, "enable")
TOP = Rung("stage_1", True, ("senior_manager",), 10, "perform")
MIDDLE = Rung("stage_2", True, ("senior_manager",), 5, "perform")
GOING_UP = [
    ("begin", (Role.IRO, "ann"), 0, True, None, None),
    ("draft", 0, (Role.SENIOR_MANAGER, "bob"), [2], True),
    ("decide", 0, (Role.IRO, "ann"), "accept"),
    ("wait", 24),
    ("advance", 0, (Role.IRO, "ann"), None),
    ("draft", 0, (Role.SENIOR_MANAGER, "bob"), [4], True),
    ("decide", 0, (Role.IRO, "ann"), "accept_partly"),
    ("take", 0, (Role.IRO, "ann"), "withdraw"),
    ("wait", 400),
    ("hear",),
    ("take", 0, (Role.IRO, "ann"), "reopen"),
    ("begin", (Role.IRO, "ann"), 1, True, None, None),
    ("wait", 400),
    ("hear",),
    ("hear_again",),
    ("wait", 800),
    ("hear",),
    ("hear_again",),
]
WENT_UP = [
    "raise",
    "answer",
    "accept_answer",
    "advance",
    "answer",
    "accept_partly",
    "withdraw",
    "reopen",
    "raise",
]
