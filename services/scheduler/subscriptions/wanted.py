"""Which subscriptions are to be told of which event: said once, for handing out, replaying and counting again."""

from services.scheduler.feed.filters import ABOUT

# `s` is a subscription of the authority, `e` an event with its team and officer. A ping is for the subscription that
# asked for it, whatever it wants to hear of; nobody is told by webhook how their own webhooks fare. A family, such as
# `deadline.*`, is asked for as it stands, so that it holds the types of later versions too. An event that was of a
# restricted child as it got its place is for the subscriptions of those who see such children.
WANTED = """
    CASE WHEN e.type = 'subscription.pinged' THEN s.id = e.subject_id
    ELSE s.id <> e.subject_id
         AND (s.types IS NULL OR e.type = ANY (s.types) OR split_part(e.type, '.', 1) || '.*' = ANY (s.types))
         AND (s.teams IS NULL OR e.team = ANY (s.teams))
         AND (s.officers IS NULL OR e.officer = ANY (s.officers))
         AND (s.hears_restricted OR NOT e.restricted)
    END
"""

# An event, whose columns are named as they are, is of a child who is restricted now. Stands in a statement that begins
# with ALL_RESTRICTED; where there is no such child, no event is taken apart.
IS_ANY = "CASE WHEN EXISTS (SELECT FROM restricted) THEN {about} ELSE false END"
IDS, NAMED = "ARRAY(SELECT id FROM restricted)", "ARRAY(SELECT CAST(id AS text) FROM restricted)"
OF_RESTRICTED = IS_ANY.format(about=ABOUT.format(ids=IDS, named=NAMED))
AGAIN = f"({WANTED}) AND (s.hears_restricted OR NOT {OF_RESTRICTED})"
"""The same for what was told once: nothing of a child who has been restricted since."""
