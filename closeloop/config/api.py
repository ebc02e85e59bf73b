"""The one API: every router, how it is described, and how errors leave."""

from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from closeloop.agenda.api import router as agenda
from closeloop.approvals.api import router as approvals
from closeloop.behaviour.api import router as behaviour
from closeloop.capture.api import router as capture
from closeloop.conversations.api import router as conversations
from closeloop.conversations.source_api import router as conversation_sources
from closeloop.deals.api import router as deals
from closeloop.desk.api import router as desk
from closeloop.documents.api import router as documents
from closeloop.edge import problems
from closeloop.edge.parsing import StrictParser
from closeloop.edge.rendering import Renderer
from closeloop.engine.refusals import Refusal
from closeloop.fields.api import router as fields
from closeloop.fieldwork.api import router as fieldwork
from closeloop.files.api import router as files
from closeloop.identity.api import router as identity
from closeloop.integrations.api import router as integrations
from closeloop.language.api import router as language
from closeloop.leads.api import router as leads
from closeloop.leads.channels.api import router as channels
from closeloop.leads.merging.api import router as merging
from closeloop.metrics.api import router as metrics
from closeloop.metrics.attribution.api import router as attribution
from closeloop.metrics.exporting.api import router as figure_files
from closeloop.metrics.forecast.api import router as forecasting
from closeloop.metrics.layers.api import router as layers
from closeloop.metrics.mailing.api import router as figure_mails
from closeloop.metrics.panels.api import router as panels
from closeloop.metrics.saved.api import router as figure_views
from closeloop.metrics.stepback.api import router as step_backs
from closeloop.metrics.targets.api import router as targets
from closeloop.notices.api import router as notices
from closeloop.nurture.api import router as nurture
from closeloop.org.api import router as org
from closeloop.phonecheck.api import router as phonecheck
from closeloop.playbooks.api import router as playbooks
from closeloop.pool.api import router as pool
from closeloop.privacy.api import router as privacy
from closeloop.process.api import router as process
from closeloop.recognition.api import router as recognition
from closeloop.records.api import router as records
from closeloop.routing.api import router as routing
from closeloop.saleslog.api import router as saleslog
from closeloop.scoring.api import router as scoring
from closeloop.sla.api import router as sla
from closeloop.support.api import router as support
from closeloop.tasks.api import router as tasks
from closeloop.transfer.api import router as transfer

log = structlog.get_logger("closeloop.request")


class Described(NinjaAPI):
    """An API whose description says that refusals leave as problem details."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """The description, with the media type under which each answer really leaves."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for answer in operation["responses"].values():
                    _describe(answer)
        return schema


def _describe(answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    described = content.get("application/json")
    if described == {"schema": {"$ref": "#/components/schemas/Problem"}}:
        answer["content"] = {problems.CONTENT_TYPE: described}


api = Described(
    title="Closeloop",
    version="1",
    openapi_url="/openapi.json",
    docs_url=None,
    parser=StrictParser(),
    renderer=Renderer(),
)
for router in (
    identity,
    org,
    records,
    fields,
    files,
    notices,
    privacy,
    tasks,
    sla,
    documents,
    behaviour,
    recognition,
    language,
    scoring,
    pool,
    approvals,
    routing,
    process,
    desk,
    deals,
    leads,
    channels,
    merging,
    fieldwork,
    playbooks,
    transfer,
    integrations,
    capture,
    nurture,
    conversations,
    conversation_sources,
    phonecheck,
    support,
    agenda,
    saleslog,
    metrics,
    figure_views,
    panels,
    step_backs,
    attribution,
    layers,
    figure_files,
    forecasting,
    figure_mails,
    targets,
):
    api.add_router("", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A business "no"."""
    return problems.answer(request, refusal)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not fit its schema."""
    return problems.malformed(request, error)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return problems.plain(request, status=error.status_code, code="unreadable")


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """An address that leads nowhere."""
    return problems.plain(request, status=404, code="not_found")


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error that nobody foresaw: logged in full, told without its inside."""
    log.error("unforeseen", path=request.path, exc_info=error)
    return problems.plain(request, status=500, code="server_error")
