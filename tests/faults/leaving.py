"""A council at work while its services are told to end: its case system, its officers, and who follows the stream."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

import httpx

from services.cli.ports import SERVICES
from shared.auth.principal import Role
from tests.faults.reading import Reader
from tests.scheduler.live import Live, until
from tests.scheduler.process import Process
from tests.town import Town

CONCERN = {"theme": "no_evidence_of_visits", "concern": "No visit since the last review.", "child": "C-1"}


@dataclass
class Work:
    """`children` and `escalations` are what was acknowledged: references, and ids. `late` counts what was acknowledged
    when the services had been told to end. It ends when nobody answers."""

    town: Town
    services: Mapping[str, Process]
    children: list[str] = field(default_factory=list)
    escalations: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    ending: bool = False
    late: int = 0

    async def put_children(self, number: int) -> None:
        async with self._client("reviews_api", Role.CASE_SYSTEM) as client:
            for n in count():
                reference = f"{number}-{n}"
                answer = await self._answer(client.put(f"/v1/children/{reference}", json={}))
                if answer is None:
                    return
                if answer.is_success:
                    self.children.append(reference)

    async def raise_escalations(self) -> None:
        async with self._client("escalation_api", Role.IRO) as client:
            while True:
                key = {"idempotency-key": str(uuid4())}
                answer = await self._answer(client.post("/v1/escalations", json=CONCERN, headers=key))
                if answer is None:
                    return
                if answer.is_success:
                    self.escalations.append(answer.json()["id"])

    async def _answer(self, asked: Awaitable[httpx.Response]) -> httpx.Response | None:
        try:
            answer = await asked
        except httpx.TransportError:
            return None
        self.statuses.append(answer.status_code)
        self.late += self.ending and answer.is_success
        return answer

    def _client(self, service: str, role: Role) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {self.town.token(role)}"}
        url = self.services[service].url
        return httpx.AsyncClient(base_url=url, headers=headers, timeout=20, trust_env=False)


@asynccontextmanager
async def three_services(live: Live, **variables: str) -> AsyncIterator[dict[str, Process]]:
    """All three, serving."""
    async with AsyncExitStack() as stack:
        services = {
            name: await stack.enter_async_context(live.service(name, **variables)) for name in SERVICES
        }
        for each in services.values():
            each.start()
        await asyncio.gather(*(each.ready() for each in services.values()))
        yield services


@asynccontextmanager
async def at_work(
    live: Live, services: Mapping[str, Process], writers: int, readers: int
) -> AsyncIterator[tuple[Work, list[Reader]]]:
    """So many writers to each API and so many readers, all of whom have had answers; over when none gets any more."""
    await live.town.put("/v1/children/C-1", {})
    work = Work(live.town, services)
    url, token = f"{services['scheduler'].url}/v1/events/stream", live.town.token(Role.OPERATOR)
    following = [Reader(url, token) for _ in range(readers)]
    async with httpx.AsyncClient(
        timeout=20, trust_env=False, limits=httpx.Limits(max_connections=None)
    ) as client:
        tasks = [asyncio.ensure_future(reader.once(client)) for reader in following]
        for number in range(writers):
            tasks += [
                asyncio.ensure_future(each) for each in (work.put_children(number), work.raise_escalations())
            ]

        async def all_had_answers() -> bool:
            return bool(work.children and work.escalations) and all(reader.told for reader in following)

        await until(all_had_answers, 60)
        yield work, following
        await asyncio.wait_for(asyncio.gather(*tasks), 20)


async def told_to_end(services: Mapping[str, Process]) -> dict[str, tuple[int, float]]:
    """SIGTERM to all of them at once; the exit status of each, and after how many seconds it was out."""
    began = time.monotonic()

    async def out(process: Process) -> tuple[int, float]:
        return await process.ended(60), time.monotonic() - began

    for each in services.values():
        each.terminate()
    ends = await asyncio.gather(*map(out, services.values()))
    return dict(zip(services, ends, strict=True))


def half_a_request(port: int, line: str, token: str) -> socket.socket:
    """Its headers came, and the beginning of its body; the rest does not."""
    asking = socket.create_connection(("127.0.0.1", port))
    head = f"{line} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nidempotency-key: half\r\n"
    asking.sendall(f'{head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{{"team":'.encode())
    return asking
