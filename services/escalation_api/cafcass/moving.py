"""Referrals to Cafcass follow their children, once the escalations that they come from have."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.moving import Moved

# A row `r` of the one child whose escalation is about the other now, and not about this one any more.
_LEFT_BEHIND = """
    r.authority_id = :authority AND r.child_id = :of AND EXISTS (
        SELECT FROM cafcass_referral f WHERE f.authority_id = :authority AND f.id = r.referral_id
        AND EXISTS (SELECT FROM escalation_child a WHERE a.authority_id = :authority
                    AND a.escalation_id = f.escalation_id AND a.child_id = :to)
        AND NOT EXISTS (SELECT FROM escalation_child a WHERE a.authority_id = :authority
                        AND a.escalation_id = f.escalation_id AND a.child_id = :of))
"""
# Where siblings turn out to be one child, what was told of either is kept, and the one row that stays is enough.
TOLD_OF_EITHER = text(f"""
    UPDATE cafcass_child b SET views = coalesce(b.views, r.views), consent = coalesce(b.consent, r.consent),
        advocate = coalesce(b.advocate, r.advocate),
        advocate_offered = coalesce(b.advocate_offered, r.advocate_offered)
    FROM cafcass_child r
    WHERE b.authority_id = :authority AND b.referral_id = r.referral_id AND b.child_id = :to AND {_LEFT_BEHIND}
""")  # noqa: S608 - nothing of it is anybody else's
ONE_CHILD = text(f"""
    DELETE FROM cafcass_child r
    WHERE {_LEFT_BEHIND} AND EXISTS (
        SELECT FROM cafcass_child b
        WHERE b.authority_id = :authority AND b.referral_id = r.referral_id AND b.child_id = :to)
""")  # noqa: S608
MOVED = text(f"""
    UPDATE cafcass_child r SET child_id = :to, first_child_id = coalesce(r.first_child_id, r.child_id)
    WHERE {_LEFT_BEHIND}
""")  # noqa: S608


async def follow_child_in_referrals(session: AsyncSession, authority: str, moved: Moved) -> None:
    """Let the referrals of the one child be the other's, where their escalations are. A second time changes nothing."""
    values = {"authority": authority, "of": moved.of, "to": moved.to}
    for statement in (TOLD_OF_EITHER, ONE_CHILD, MOVED):
        await session.execute(statement, values)
