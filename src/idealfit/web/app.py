"""The routing service: leads in, owners out, over HTTP; every answer it can give stands in its OpenAPI document."""

from __future__ import annotations

import time
from asyncio import wrap_future
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from idealfit.errors import ConflictError, IdealfitError, InputError, Mistake, NotFoundError, PolicyError, StoreError
from idealfit.route.leads import VALUES
from idealfit.version import __version__
from idealfit.web.asked import (
    Acceptance,
    Audit,
    Closing,
    DaysOff,
    Declining,
    EventsAnswer,
    Health,
    Hypothetical,
    LeadAnswer,
    Leads,
    LeaveAnswer,
    Merging,
    NewEvents,
    NewLead,
    NextAnswer,
    Pausing,
    Reasons,
    Reassignment,
    Refusal,
    RepAnswer,
    Reps,
    RepSaid,
    StoryAnswer,
)
from idealfit.web.document import page
from idealfit.web.measuring import Measured, Meter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from idealfit.route.desk import Desk
    from idealfit.route.placing import Answer
    from idealfit.web.keys import Doorkeeper

LARGEST_BODY = 1_000_000
STATUS_OF: tuple[tuple[type[IdealfitError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (PolicyError, 422),
    (InputError, 422),
    (StoreError, 503),
)
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": description}
    for status, description in (
        (400, "The body cannot be read."),
        (401, "No key, or one that opens nothing."),
        (403, "The key may not do this."),
        (404, "There is nothing of this name."),
        (409, "This cannot be done as things stand now."),
        (413, "The request is too large."),
        (422, "The request cannot be understood."),
        (429, "The key asks too often; Retry-After says how long to wait."),
        (503, "The database refused or is away. Nothing was done; asking again is safe."),
    )
}

LeadName = Annotated[str, Path(max_length=200, description="The lead, by its id.")]
RepName = Annotated[str, Path(max_length=200, description="The rep, by id.")]


class RefusedError(Exception):
    """A request that is refused before anything is done."""

    def __init__(self, status: int, mistake: Mistake, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.mistake = mistake
        self.headers = headers or {}
        super().__init__(str(mistake))


def make_app(
    desk: Desk,
    doorkeeper: Doorkeeper,
    *,
    record: Callable[[list[dict[str, Any]], str], int] | None = None,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
) -> FastAPI:
    """Return the service over a desk; the doorkeeper knows the keys, and `record` takes events of companies."""
    meter = Meter()
    app = FastAPI(
        title="Idealfit routing",
        version=__version__,
        summary="Brings leads to the right rep at once, and says why.",
        responses=REFUSALS,
        lifespan=lifespan,
        docs_url=None,  # they would fetch scripts from elsewhere
        redoc_url=None,
    )
    app.add_middleware(Measured, meter=meter, largest_body=LARGEST_BODY)
    _tell_refusals(app)
    may = _permissions(doorkeeper)
    _leads(app, desk, may)
    _reps(app, desk, may)
    _looking(app, desk, may, meter)
    if record is not None:
        _events(app, record, may)

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()))

    return app


class _Allowed(HTTPBearer):
    """Lets in keys with a scope, and gives the name of the key. One step, as each costs every request."""

    def __init__(self, doorkeeper: Doorkeeper, scope: str) -> None:
        super().__init__(scheme_name="HTTPBearer", description="An API key, as 'idealfit route key' makes it.")
        self._doorkeeper = doorkeeper
        self._scope = scope

    async def __call__(self, request: Request) -> str:  # type: ignore[override]  # what endpoints need is the name
        """Return the name of the key that a request shows."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        given = text.strip() if scheme.casefold() == "bearer" else ""
        keeper = self._doorkeeper
        key = keeper.fresh_key(given) or await run_in_threadpool(keeper.key, given)  # may ask the database
        if key is None:
            mistake = Mistake("no valid key", next_step="Send 'Authorization: Bearer ik_...'.")
            raise RefusedError(401, mistake, {"WWW-Authenticate": "Bearer"})
        wait = keeper.wait(key)
        if wait:
            mistake = Mistake("this key asks too often", allowed=f"{key.rate} requests a minute")
            raise RefusedError(429, mistake, {"Retry-After": str(int(wait) + 1)})
        if self._scope not in key.scopes:
            raise RefusedError(403, Mistake(f"this key may not do this: it lacks the scope '{self._scope}'"))
        return key.name


def _permissions(doorkeeper: Doorkeeper) -> Callable[[str], Any]:
    """Return what makes a dependency that lets in keys with a scope, and gives the name of the key."""
    return lambda scope: Depends(_Allowed(doorkeeper, scope))


def _leads(app: FastAPI, desk: Desk, may: Callable[[str], Any]) -> None:
    actor = may("leads")

    @app.post("/leads", tags=["leads"], response_model=LeadAnswer)
    async def take_a_lead(asked: NewLead, by: str = actor) -> Response:
        """Take a lead and say who has it. The same lead again, by its id or e-mail, keeps its owner."""
        # No thread waits with each lead: the one that does all acts hands the answers back.
        taken = await wrap_future(desk.take_soon(asked.fields, actor=by, id=asked.id))
        return Response(_answered(taken).model_dump_json(), media_type="application/json")

    @app.post("/leads/{lead}/accept", tags=["leads"], response_model=LeadAnswer)
    def accept(lead: LeadName, asked: Acceptance, by: str = actor) -> Any:  # noqa: ANN401
        """Say that the owner has taken a lead on; its clock stops."""
        return _answered(desk.accept(lead, actor=by, rep=asked.rep))

    @app.post("/leads/{lead}/decline", tags=["leads"], response_model=LeadAnswer)
    def decline(lead: LeadName, asked: Declining, by: str = actor) -> Any:  # noqa: ANN401
        """Turn a lead down, so that the next one has it; the turn is spent."""
        return _answered(desk.decline(lead, actor=by, why=asked.why, rep=asked.rep))

    @app.post("/leads/{lead}/reassign", tags=["leads"], response_model=LeadAnswer)
    def reassign(lead: LeadName, asked: Reassignment, by: str = actor) -> Any:  # noqa: ANN401
        """Take a lead from its owner and give it to another: by name, or by turn."""
        return _answered(desk.reassign(lead, actor=by, why=asked.why, to=asked.to, give_back=asked.give_back))

    @app.post("/leads/{lead}/close", tags=["leads"], response_model=LeadAnswer)
    def close(lead: LeadName, asked: Closing, by: str = actor) -> Any:  # noqa: ANN401
        """Say what came of a lead."""
        return _answered(desk.close(lead, actor=by, outcome=asked.outcome, why=asked.why))

    @app.post("/leads/{lead}/merge", tags=["leads"], response_model=LeadAnswer)
    def merge(lead: LeadName, asked: Merging, by: str = actor) -> Any:  # noqa: ANN401
        """Say that a lead is the same as another one; a turn is given back."""
        return _answered(desk.merge(lead, actor=by, into=asked.into))

    @app.post("/sweep", tags=["leads"], response_model=Leads)
    def sweep(by: str = actor) -> Any:  # noqa: ANN401
        """Look at all clocks now; the service does so by itself every few seconds."""
        return {"leads": [_answered(answer) for answer in desk.sweep(actor=by)]}


def _reps(app: FastAPI, desk: Desk, may: Callable[[str], Any]) -> None:
    actor = may("admin")

    @app.put("/reps/{rep}", tags=["reps"], status_code=204)
    def say(rep: RepName, asked: RepSaid, by: str = actor) -> None:
        """Say who a rep is, beside or instead of what the policy says."""
        desk.say_rep({"id": rep, **asked.model_dump(exclude_defaults=True)}, actor=by)

    @app.post("/reps/{rep}/pause", tags=["reps"], status_code=204)
    def pause(rep: RepName, asked: Pausing, by: str = actor) -> None:
        """Give a rep no leads until they resume."""
        desk.note("pause", actor=by, rep=rep, why=asked.why)

    @app.post("/reps/{rep}/resume", tags=["reps"], status_code=204)
    def resume(rep: RepName, by: str = actor) -> None:
        """Give a rep leads again."""
        desk.note("resume", actor=by, rep=rep)

    @app.post("/reps/{rep}/leave", tags=["reps"], response_model=LeaveAnswer)
    def take_leave(rep: RepName, asked: DaysOff, by: str = actor) -> Any:  # noqa: ANN401
        """Enter days off."""
        return {"leave": desk.take_leave(rep, asked.first, asked.last, actor=by)}

    @app.delete("/reps/{rep}/leave/{leave}", tags=["reps"], status_code=204)
    def cancel_leave(rep: RepName, leave: Annotated[str, Path(max_length=200)], by: str = actor) -> None:
        """Take leave back."""
        desk.note("leave cancelled", actor=by, rep=rep, id=leave)


def _events(app: FastAPI, record: Callable[[list[dict[str, Any]], str], int], may: Callable[[str], Any]) -> None:
    @app.post("/events", tags=["events"], response_model=EventsAnswer, dependencies=[may("events")])
    def take_events(asked: NewEvents) -> Any:  # noqa: ANN401
        """Take events of companies that are watched: visits, usage, funding, whatever another program saw."""
        rows = [event.model_dump(exclude_defaults=True) for event in asked.events]
        return {"told": len(rows), "new": record(rows, asked.source)}


def _looking(app: FastAPI, desk: Desk, may: Callable[[str], Any], meter: Meter) -> None:
    reader = may("read")

    @app.get("/leads", tags=["looking"], response_model=Leads)
    def leads(
        status: Annotated[str | None, Query(max_length=20)] = None,
        owner: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        _by: str = reader,
    ) -> Any:  # noqa: ANN401
        """List leads as they are now, the last changed first."""
        return {"leads": [_answered(answer) for answer in desk.leads(status=status, owner=owner, limit=limit)]}

    @app.get("/leads/{lead}", tags=["looking"], response_model=LeadAnswer)
    def lead(lead: LeadName, _by: str = reader) -> Any:  # noqa: ANN401
        """Show a lead as it is now."""
        return _answered(desk.lead(lead))

    @app.get("/leads/{lead}/why", tags=["looking"], response_model=StoryAnswer)
    def why(lead: LeadName, _by: str = reader) -> Any:  # noqa: ANN401
        """Tell why a lead went where it went."""
        return asdict(desk.why(lead))

    @app.get("/leads/{lead}/why-not/{rep}", tags=["looking"], response_model=Reasons)
    def why_not(lead: LeadName, rep: RepName, _by: str = reader) -> Any:  # noqa: ANN401
        """Tell why a lead is not with a rep."""
        return {"reasons": list(desk.why_not(lead, rep))}

    @app.post("/next", tags=["looking"], response_model=NextAnswer)
    def coming(asked: Hypothetical, _by: str = reader) -> Any:  # noqa: ANN401
        """Tell who would get a lead that came in now; nothing is entered."""
        return asdict(desk.next_up(asked.fields))

    @app.get("/reps", tags=["looking"], response_model=Reps)
    def reps(_by: str = reader) -> Any:  # noqa: ANN401
        """List reps: in or out, how many leads, how far from their fair share."""
        return {"reps": [RepAnswer(**_listed(asdict(rep))) for rep in desk.reps()]}

    @app.get("/audit", tags=["looking"], response_model=Audit)
    def audit(
        after: Annotated[int, Query(ge=0, le=10**15)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        _by: str = may("admin"),
    ) -> Any:  # noqa: ANN401
        """List lines of the ledger: who changed what."""
        return {"entries": [asdict(entry) for entry in desk.audit(after=after, limit=limit)]}

    @app.get("/metrics", tags=["service"], response_class=PlainTextResponse)
    def metrics(_by: str = reader) -> str:
        """Show counts and times in the text format of Prometheus."""
        return meter.text(desk.health()[0])

    @app.get("/health", tags=["service"], response_model=Health)
    def health() -> Any:  # noqa: ANN401
        """Say whether the service works; needs no key."""
        entries, policy = desk.health()
        return Health(status="ok", entries=entries, policy=policy)


def _answered(answer: Answer) -> LeadAnswer:
    return LeadAnswer.model_construct(**{name: getattr(answer, name) for name in LeadAnswer.model_fields})


def _listed(rep: dict[str, Any]) -> dict[str, Any]:
    return rep | {"leave": {name: list(span) for name, span in rep["leave"].items()}}


def _mistaken(error: Mapping[str, Any]) -> Mistake:
    """Return what is wrong with a request, in words of somebody who sends leads."""
    steps = [str(step) for step in error["loc"]]
    if steps[:2] == ["body", "fields"] and len(steps) > 3:  # one for each kind that it is not
        return Mistake("not a value of a lead", ".".join(steps[:3]), allowed=VALUES)
    if steps == ["body"]:
        next_step = "Send JSON, with the header 'Content-Type: application/json'."
        return Mistake("the body is no JSON object", "body", next_step=next_step)
    what, said = str(error["msg"]), error.get("ctx", {}).get("error")
    return Mistake(f"{what}: {said}" if isinstance(said, str) and said not in what else what, ".".join(steps))


def _tell_refusals(app: FastAPI) -> None:
    def refusal(status: int, mistakes: list[Mistake], headers: dict[str, str] | None = None) -> Response:
        said = [{key: value for key, value in asdict(m).items() if value not in (None, "")} for m in mistakes]
        return JSONResponse({"mistakes": said}, status, headers)

    @app.exception_handler(IdealfitError)
    def _(_request: Request, error: IdealfitError) -> Response:
        status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), 422)
        return refusal(status, list(error.mistakes), {"Retry-After": "1"} if status == 503 else None)

    @app.exception_handler(RefusedError)
    def _(_request: Request, error: RefusedError) -> Response:
        return refusal(error.status, [error.mistake], error.headers)

    @app.exception_handler(RequestValidationError)
    def _(_request: Request, error: RequestValidationError) -> Response:
        return refusal(422, list(dict.fromkeys(map(_mistaken, error.errors())))[:20])

    @app.exception_handler(HTTPException)
    def _(_request: Request, error: HTTPException) -> Response:
        mistake = Mistake(str(error.detail))
        if error.status_code == 400:  # bytes that are no text, or nested without end
            mistake = Mistake("the body cannot be read", "body", next_step="Send JSON, in UTF-8.")
        return refusal(error.status_code, [mistake], dict(error.headers or {}))


def seconds() -> float:
    """Return a clock that only goes forward."""
    return time.monotonic()
