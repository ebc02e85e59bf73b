"""Imports and exports over HTTP."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Path, Query, Status, UploadedFile

from closeloop.desk import queries as desk
from closeloop.desk.listing import Ask
from closeloop.edge import problems
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.transfer import actions, jobs, presenting, queries, reporting
from closeloop.transfer.errors import ExportNotReady, TableUnreadable
from closeloop.transfer.models import Export, ExportState
from closeloop.transfer.schemas import (
    ExportIn,
    ExportOut,
    ImportChange,
    ImportOut,
    Preview,
)

router = Router(tags=["imports and exports"])
RUN = "admin:import.run"
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
_BYTES = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
FILE: dict[str, Any] = {
    "response": {404: Problem},
    "openapi_extra": {"responses": {200: {"description": "The file", "content": _BYTES}}},
}
_FILES = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


@router.post("/imports", permission=RUN, response={201: ImportOut})
def create_import(
    request: HttpRequest,
    file: File[UploadedFile],
    record_type: Annotated[str, Form(max_length=64)],
) -> Any:
    """Send a table; the answer says how it would be read and proposes its mapping."""
    actor = actor_of(request)
    if file.file is None:
        raise TableUnreadable({"why": "no content"})
    job = actions.create_import(
        file.file, name=file.name or "", record_type=record_type, actor=actor
    )
    return Status(201, presenting.import_out(job))


@router.get("/imports", permission=RUN, response=list[ImportOut])
def list_imports(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> Any:
    """One's imports, newest first."""
    found = queries.visible_imports(actor_of(request))[:limit]
    return [presenting.import_out(job) for job in found]


@router.get("/imports/{import_id}", permission=RUN, response=ImportOut)
def get_import(request: HttpRequest, import_id: Number) -> Any:
    """An import and how far it has come."""
    return presenting.import_out(queries.visible_import(import_id, actor=actor_of(request)))


@router.patch("/imports/{import_id}", permission=RUN, response=ImportOut)
def change_import(request: HttpRequest, import_id: Number, payload: ImportChange) -> Any:
    """Change how a draft is read, or what is made of its columns."""
    actor = actor_of(request)
    wanted = payload.model_dump(exclude_unset=True)
    if "mapping" in wanted:
        wanted["plan"] = wanted.pop("mapping")
    job = queries.visible_import(import_id, actor=actor)
    return presenting.import_out(actions.change_import(job, wanted, actor=actor))


@router.get("/imports/{import_id}/preview", permission=RUN, response=Preview)
def preview_import(request: HttpRequest, import_id: Number) -> Any:
    """The first rows as they would be taken, each with its problems."""
    actor = actor_of(request)
    job = queries.visible_import(import_id, actor=actor)
    return presenting.preview_out(job, actor=actor, language=problems.language_of(request))


@router.post("/imports/{import_id}/start", permission=RUN, response=ImportOut)
def start_import(request: HttpRequest, import_id: Number) -> Any:
    """Check the mapping as a whole and let the import run."""
    actor = actor_of(request)
    job = queries.visible_import(import_id, actor=actor)
    return presenting.import_out(actions.start(job, actor=actor, defer=jobs.defer_import))


@router.post("/imports/{import_id}/resume", permission=RUN, response=ImportOut)
def resume_import(request: HttpRequest, import_id: Number) -> Any:
    """Go on behind the last row that was handled."""
    actor = actor_of(request)
    job = queries.visible_import(import_id, actor=actor)
    return presenting.import_out(actions.resume(job, actor=actor, defer=jobs.defer_import))


@router.post("/imports/{import_id}/cancel", permission=RUN, response=ImportOut)
def cancel_import(request: HttpRequest, import_id: Number) -> Any:
    """End an import behind the rows that are under way; what is imported stays."""
    actor = actor_of(request)
    job = queries.visible_import(import_id, actor=actor)
    return presenting.import_out(actions.cancel(job, actor=actor))


@router.post("/imports/{import_id}/revert", permission=RUN, response=ImportOut)
def revert_import(request: HttpRequest, import_id: Number) -> Any:
    """Take an import back: what it made goes, what it changed becomes what it was."""
    actor = actor_of(request)
    job = queries.visible_import(import_id, actor=actor)
    return presenting.import_out(actions.start_revert(job, actor=actor, defer=jobs.defer_revert))


@router.get("/imports/{import_id}/errors", permission=RUN, **FILE)
def import_errors(request: HttpRequest, import_id: Number) -> HttpResponseBase:
    """The refused rows in their original columns, with a column that says why."""
    job = queries.visible_import(import_id, actor=actor_of(request))
    language = problems.language_of(request)
    form = "csv" if job.format == "csv" else "xlsx"
    stem = job.name.rpartition(".")[0] or job.name
    pieces = reporting.error_file(job, locale=language)
    return _download(StreamingHttpResponse(pieces), form, f"{stem}_{reporting.COLUMN[language]}")


@router.post("/exports", permission="record:export", response={202: ExportOut})
def create_export(request: HttpRequest, payload: ExportIn) -> Any:
    """Ask for a list as a file; only columns that one may see, masked as on the screen."""
    actor = actor_of(request)
    columns, wanted = payload.columns, payload.filter
    if payload.view is not None:
        view = desk.visible_view(payload.view, actor=actor)
        columns = columns or [each["field"] for each in view.columns]
        wanted = wanted if wanted is not None else view.filter
    ask = Ask(filter=wanted, q=payload.q, sort=payload.sort, stage=payload.stage, mine=payload.mine)
    export = actions.create_export(
        payload.record_type,
        form=payload.format,
        columns=columns,
        ask=ask,
        actor=actor,
        defer=jobs.defer_export,
    )
    export.refresh_from_db()
    return Status(202, _export_out(export))


@router.get("/exports/{export_id}", permission=SIGNED_IN, response=ExportOut)
def get_export(request: HttpRequest, export_id: Number) -> Any:
    """An export of one's own and how far it has come."""
    return _export_out(queries.own_export(export_id, actor=actor_of(request)))


@router.get("/exports/{export_id}/file", permission=SIGNED_IN, **FILE)
def export_file(request: HttpRequest, export_id: Number) -> HttpResponseBase:
    """The written file."""
    actor = actor_of(request)
    export = queries.own_export(export_id, actor=actor)
    org.access_of(actor).require(export.record_type, "export")
    if export.state != ExportState.DONE:
        raise ExportNotReady({"state": export.state})
    name = f"{export.record_type}_{export.created_at:%Y%m%d_%H%M}"
    return _download(FileResponse(queries.opened(export)), export.format, name)


def _download(response: HttpResponseBase, form: str, name: str) -> HttpResponseBase:
    content_type, ending = _FILES[form]
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    header = content_disposition_header(True, f"{name}.{ending}")
    response["Content-Disposition"] = header or "attachment"
    return response


def _export_out(export: Export) -> Mapping[str, Any]:
    is_done = export.state == ExportState.DONE
    return {
        **{key: getattr(export, key) for key in _EXPORT_KEYS},
        "url": f"/api/exports/{export.pk}/file" if is_done else None,
    }


_EXPORT_KEYS: Sequence[str] = [key for key in ExportOut.model_fields if key != "url"]
