"""A ladder as a Mermaid flowchart: its stages, what leads from one to the next, and where it ends."""

from collections.abc import Iterator

from shared.timescales.ladder import Ladder, Silence, Stage
from shared.timescales.periods import Period

UP = {
    Silence.ENABLE: "rejected, or silence: the officer may go on",
    Silence.PERFORM: "rejected, or silence: it goes on by itself",
}


def diagram(ladder: Ladder, cap: Period) -> str:
    """The flowchart; `cap` is how long all formal stages may take together."""
    return "\n".join(_lines(ladder, cap))


def _lines(ladder: Ladder, cap: Period) -> Iterator[str]:
    whose = "An officer or a conference chair" if ladder.chairs else "An officer"
    yield "flowchart TD"
    yield f"    raised([{_text(f'{whose} raises it')}])"
    yield from (f"    {_node(each)}" for each in ladder.stages if not each.formal)
    yield f"    subgraph formal [{_text(f'Formal: {cap} together, never paused')}]"
    yield from (f"        {_node(each)}" for each in ladder.stages if each.formal)
    yield "    end"
    yield f"    outcome([{_text('Outcome recorded', f'within {ladder.follow_up}')}])"
    yield f"    top([{_text('Not looked after: it ends with', ladder.ends)}])"
    second = "approved by a second person" if ladder.second_approver else "decided by the officer"
    yield f"    cafcass[/{_text('Referral to Cafcass', 'in parallel', second)}/]"
    yield from (f"    {line}" for line in _ways(ladder))


def _ways(ladder: Ladder) -> Iterator[str]:
    yield f"raised --> {_id(ladder.first)}"
    yield f"raised -. {_text('straight to any stage, with a reason')} .-> formal"
    for stage in ladder.stages:
        above = ladder.after(stage.code)
        if above is not None:
            yield f"{_id(stage)} -- {_text(UP[stage.silence])} --> {_id(above)}"
        else:
            yield f"{_id(stage)} -- {_text('rejected, or silence')} --> top"
        if not stage.formal:
            yield f"{_id(stage)} -- {_text('accepted')} --> outcome"
    yield f"formal -- {_text('accepted')} --> outcome"
    if not ladder.first.formal:
        yield f"{_id(ladder.first)} -. {_text('at any time, of a child who is looked after')} .-> cafcass"
    yield f"formal -. {_text('at any time, of a child who is looked after')} .-> cafcass"


def _node(stage: Stage) -> str:
    return f"{_id(stage)}[{_text(stage.title, stage.responder, str(stage.limit))}]"


def _id(stage: Stage) -> str:
    """A name that no word of Mermaid's own can be."""
    return f"stage_{stage.code}"


def _text(*lines: str) -> str:
    """A text in quotes, with nothing in it that Mermaid would read as its own."""
    return '"' + "<br>".join(_plain(each) for each in lines) + '"'


def _plain(line: str) -> str:
    marks = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
    return " ".join("".join(marks.get(each, each) for each in line).split())
