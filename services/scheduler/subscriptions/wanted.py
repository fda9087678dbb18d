"""Which subscriptions are to be told of which event: said once, for handing out, replaying and counting again."""

# `s` is a subscription of the authority, `e` an event with its team and officer. A ping is for the subscription that
# asked for it, whatever it wants to hear of; nobody is told by webhook how their own webhooks fare. A family, such as
# `deadline.*`, is asked for as it stands, so that it holds the types of later versions too.
WANTED = """
    CASE WHEN e.type = 'subscription.pinged' THEN s.id = e.subject_id
    ELSE s.id <> e.subject_id
         AND (s.types IS NULL OR e.type = ANY (s.types) OR split_part(e.type, '.', 1) || '.*' = ANY (s.types))
         AND (s.teams IS NULL OR e.team = ANY (s.teams))
         AND (s.officers IS NULL OR e.officer = ANY (s.officers))
    END
"""
