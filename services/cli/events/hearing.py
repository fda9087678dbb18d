"""How to hear of events: the part of their page that is of no single event. Its figures are taken from the code."""

from services.cli.events.doors import doors, filters, open_to
from services.scheduler.deliveries.failing import MARKS, PATIENCE
from services.scheduler.deliveries.retry import LONGEST, SCHEDULE
from services.scheduler.deliveries.sending import WITHIN
from services.scheduler.feed.queries import SPAN
from services.scheduler.feed.stream import PING, RETRY, SEND_WITHIN


def how_to_hear() -> str:
    """Every door, with an example of what it is sent."""
    return "".join((_before(), _feed(), _stream(), _webhooks(), _after(), _nats(), _all()))


def _before() -> str:
    return f"""\
## How to hear

Four ways, the same events, the same ids: a feed to be read, its stream, webhooks, and NATS JetStream.
[A consumer of the events](consumer.md) says what any consumer must do, and brings one to copy. Every door is the
scheduler's (`$DUECARE_URL`, such as `http://127.0.0.1:8003`), which describes them all at `/docs`; they are listed
[below](#every-door). Feed and stream are open to {open_to("GET /v1/events")};
subscriptions and all about them to {open_to("POST /v1/subscriptions")}.
"""


def _feed() -> str:
    return f"""
### The feed

For networks that let nothing in. It is the record: in the order of positions, which have no gap, and to be read again
from 0 at any time.

```sh
curl -s "$DUECARE_URL/v1/events?after=0&type=deadline.*&officer=iro-3" -H "authorization: Bearer $DUECARE_TOKEN"
# {{"events": [{{"position": 42, "event": {{...}}}}], "next": 42, "head": 42}}
```

Ask again with `after` = `next` until that is `head`, and from then on with `wait` too: the answer comes as soon as
there is something, or empty when the time is over.

{filters()}
Of several values of one filter (`type=review.held&type=deadline.*`) any will do; several filters must all fit. Team and
officer are those of the child, or else of the worker or the escalation that it is about, as the event got its position.

Where a filter leaves events out, or restricted children are hidden from the reader, one request looks through at most
{SPAN:,} positions: a page may be empty and its `next` still short of `head`. Ask on from there. (With `wait` it looks
on by itself, until it finds something or the time is over.) A position that was never given out, as after a restored
backup, is a 422, `position_not_given`.
"""


def _stream() -> str:
    return f"""
### The stream

Server-sent events: `id` is the position, `event` the type, `data` the event.

```sh
curl -sN "$DUECARE_URL/v1/events/stream?type=deadline.*" -H "authorization: Bearer $DUECARE_TOKEN" \\
  -H "last-event-id: 4200"
```

It takes the feed's filters, and begins after `Last-Event-ID` (or `lastEventId` in the address, for browsers), or else
after `after`, or else at the start. A comment, `: still here`, comes every {PING} seconds. It ends when the token
expires, when the scheduler stops, or when what is sent is not accepted within {SEND_WITHIN:g} seconds: come back after
{RETRY // 1000} seconds (`retry`), with a valid token and the last `id` as `Last-Event-ID`.
"""


def _webhooks() -> str:
    marks = f"{', '.join(str(mark) for mark in MARKS[:-1])} and {MARKS[-1]}%"
    return f"""
### Webhooks

```sh
curl -s -X POST "$DUECARE_URL/v1/subscriptions" -H "authorization: Bearer $DUECARE_TOKEN" \\
  -H "content-type: application/json" -H "idempotency-key: $(date +%s)" \\
  -d '{{"url": "https://case-system.example/duecare", "types": ["deadline.*"], "teams": ["looked-after-2"]}}'
```

The address is HTTPS, at its own port, at a host in `DUECARE_WEBHOOK_HOSTS`. `types` may be families such as
`deadline.*`, which hold the types of later versions too; `teams` and `officers` are as in the feed. Told is what gets
its position from now on. What is already history then, as after an import, is in the feed, and goes to a webhook only
by a replay.

- **Signed** as [Standard Webhooks](https://www.standardwebhooks.com) has it: `webhook-id` (the event's id, the same at
  every attempt), `webhook-timestamp`, `webhook-signature`. The answer shows the `secret` (`whsec_...`, signatures
  `v1,...`) this once; with `"scheme": "ed25519"` it shows a `public_key` (`whpk_...`, signatures `v1a,...`), and there
  is no secret to keep. After `rotate`, two signatures stand side by side, a space between them, for a day or for
  `overlap_hours`: one that fits is enough.
- **Order**: in order for one deadline, or whatever else is the subject; any order across subjects.
- **Tried again** unless a 2xx comes within {WITHIN:g} seconds (a redirect is none): {len(SCHEDULE) + 1} attempts
  over some three days, [at growing intervals](consumer.md#what-any-consumer-does-in-whatever-language), give or take a
  tenth. `Retry-After` puts the next one off, by {LONGEST.days * 24} hours at most. After the last attempt the event is
  a dead letter (`delivery.died`).
- **Switched off** where nothing that is tried arrives for {PATIENCE.days} days (`DUECARE_PATIENCE_HOURS`):
  `subscription.failing` warns at {marks} of that, and `subscription.ended` says that it is over. A 410 ends it at once.
  Nobody is told by webhook how their own webhooks fare: hear it from the feed, or by another subscription.
- **`ping`** sends a `subscription.pinged` to this subscription alone, whatever it wants to hear of. **`pause`** keeps
  what it would be told, and **`resume`** sends that, the oldest first. A PUT, with `If-Match`, changes address and
  filters. What has ended stays so: subscribe anew, and ask for a replay.
"""


def _after() -> str:
    return """
### Once more, and whether all arrived

- A **replay** delivers again, with the same ids and the same bytes: one event (`{"event_id": "..."}`), or what a
  stretch of the feed has for this subscription, also from before it began; with `"historic": true` also history.
- **Reconciliation** counts, for each subscription, how many events were `expected`, and how many of those were
  `acknowledged` by a 2xx, are `waiting` or `dead`, were `dropped` when it ended, or are `missing`: that must be 0.
- A receiver says what it holds by an **acknowledgement** of a position, and a reader of the feed as a **consumer**, by
  a PUT under a name of its own; `GET /v1/reconciliation` shows how far behind each is.
"""


def _nats() -> str:
    return """
### NATS JetStream

Where the council runs a server: a mirror of the feed, in subjects `duecare.AUTHORITY.TYPE`.
[Who may read it, and what it holds](consumer.md#nats-jetstream).

```sh
nats sub 'duecare.E08000014.deadline.*'
```
"""


def _all() -> str:
    return f"""
### Every door

With `authorization: Bearer ...`, and on every POST an `idempotency-key`, new for each new request.

{doors()}"""
