import os
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.timeline.telling import *
from tests.timeline.promises import Witness
N=int(os.environ.get("N","100"))
BOUNDED = settings(max_examples=N, deadline=None, database=None, print_blob=False,report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck))

BECAUSE={"proclaim":"calendar","take_back":"calendar","legislate":"law"}
PARTS=os.environ.get("PARTS","facts,calendar,law")

MORE=[]
if "calendar" in PARTS: MORE.append(CALENDAR)
if "law" in PARTS: MORE+=[LAW,LAW]
@BOUNDED
@given(tale=tales(MORE))
async def test_explore(new_story, tale):
    history, steps = tale
    story=new_story(history)
    from tests.timeline.laws import laws
    story.law=laws()[int(os.environ.get('START','0'))]
    undo=await story.session.begin_nested()
    try:
        await story.begin()
        w=Witness(story)
        for verb,*args in steps:
            await getattr(story,verb)(*args)
            await w.look(BECAUSE.get(verb,"facts"))
    finally:
        await undo.rollback()
