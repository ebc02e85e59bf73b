"""Setting up providers, reading and applying their address books, taking their messages."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Status

from closeloop.edge.problems import language_of
from closeloop.edge.router import PUBLIC, SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.integrations import actions, presenting, queries, schemas
from closeloop.integrations.actions.page_signatures import Signed
from closeloop.integrations.actions.syncs import Choice
from closeloop.integrations.callbacks.messages import Request
from closeloop.integrations.providers import PROVIDERS
from closeloop.org.access import Capability

router = Router(tags=["integrations"])
MANAGE = f"admin:{Capability.MANAGE_INTEGRATIONS}"
Provider = Annotated[str, Path(max_length=40)]


@router.get("/integrations", permission=MANAGE, response=list[schemas.Integration])
def list_integrations(request: HttpRequest) -> list[dict[str, Any]]:
    """Every provider as it is set up."""
    return [presenting.integration(key, origin=_origin(request)) for key in PROVIDERS]


@router.get("/integrations/{provider}", permission=MANAGE, response=schemas.Integration)
def read_integration(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """One provider as it is set up; secrets are only said to be there or not."""
    return presenting.integration(provider, origin=_origin(request))


@router.put(
    "/integrations/{provider}",
    permission=MANAGE,
    keeps_answer=False,
    response=schemas.Integration,
)
def change_integration(
    request: HttpRequest, provider: Provider, payload: schemas.IntegrationChange
) -> dict[str, Any]:
    """Set up a provider."""
    actions.change_account(
        provider,
        is_on=payload.is_on,
        signs_in=payload.signs_in,
        settings=payload.settings,
        actor=actor_of(request),
    )
    return presenting.integration(provider, origin=_origin(request))


@router.post("/integrations/{provider}/check", permission=MANAGE, response={204: None})
def check_integration(request: HttpRequest, provider: Provider) -> Status[None]:
    """Ask the provider whether it knows the account."""
    actions.check_account(provider)
    return Status(204, None)


@router.post(
    "/integrations/{provider}/page-signature",
    permission=SIGNED_IN,
    keeps_answer=False,
    response=schemas.PageSignature,
)
def sign_page(request: HttpRequest, provider: Provider, payload: schemas.PageToSign) -> Signed:
    """Sign a page of ours for the interfaces of the app that shows it (WeCom, DingTalk)."""
    return actions.sign_page(
        provider, url=payload.url, origin=_origin(request), for_agent=payload.for_agent
    )


@router.post("/integrations/{provider}/sync", permission=MANAGE, response={201: schemas.Sync})
def read_directory(request: HttpRequest, provider: Provider) -> Status[dict[str, Any]]:
    """Read the provider's address book and show what differs; nothing is changed."""
    sync = actions.read_directory(provider, actor=actor_of(request))
    return Status(201, presenting.whole(sync, language=language_of(request)))


@router.get("/integrations/{provider}/sync/{sync_id}", permission=MANAGE, response=schemas.Sync)
def read_sync(request: HttpRequest, provider: Provider, sync_id: int) -> dict[str, Any]:
    """What a reading found, and what of it was applied."""
    found = queries.sync(provider, sync_id)
    return presenting.whole(found, language=language_of(request))


@router.post(
    "/integrations/{provider}/sync/{sync_id}/apply", permission=MANAGE, response=schemas.Sync
)
def apply_sync(
    request: HttpRequest, provider: Provider, sync_id: int, payload: schemas.SyncChoice
) -> dict[str, Any]:
    """Take over what a reading found, once."""
    choice = Choice(
        accept=frozenset(payload.accept),
        leave_out=frozenset(payload.leave_out),
        deactivate=frozenset(payload.deactivate),
        role=payload.role,
    )
    sync = actions.apply_sync(provider, sync_id, choice=choice, actor=actor_of(request))
    return presenting.whole(sync, language=language_of(request))


@router.get(
    "/integrations/{provider}/people", permission=MANAGE, response=list[schemas.LinkedPerson]
)
def list_linked_people(request: HttpRequest, provider: Provider) -> list[dict[str, Any]]:
    """Everybody who is linked to an id at the provider."""
    queries.provider(provider)
    return [presenting.linked(link) for link in queries.links(provider)]


@router.put("/integrations/{provider}/people/{user_id}", permission=MANAGE, response={204: None})
def link_person(
    request: HttpRequest, provider: Provider, user_id: int, payload: schemas.NewLink
) -> Status[None]:
    """Say which id a person has at the provider."""
    actions.link_by_hand(
        provider, user_id, external_id=payload.external_id, actor=actor_of(request)
    )
    return Status(204, None)


@router.delete("/integrations/{provider}/people/{user_id}", permission=MANAGE, response={204: None})
def unlink_person(request: HttpRequest, provider: Provider, user_id: int) -> Status[None]:
    """Forget which id a person has at the provider."""
    actions.unlink(provider, user_id, actor=actor_of(request))
    return Status(204, None)


@router.get("/callbacks/{provider}", permission=PUBLIC, response={200: None})
def verify_callback(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The provider verifies this address (WeCom); signed."""
    return _take(request, provider)


@router.post(
    "/callbacks/{provider}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: None},
)
def take_callback(request: HttpRequest, provider: Provider) -> HttpResponse:
    """A message from the provider; signed and encrypted."""
    return _take(request, provider)


def _take(request: HttpRequest, provider: str) -> HttpResponse:
    asked = Request(
        method=request.method or "",
        query={name: str(value) for name, value in request.GET.items()},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
    )
    address = str(request.META.get("REMOTE_ADDR", ""))
    message = actions.take_message(provider, asked, address=address)
    return HttpResponse(message.answer, content_type=message.content_type)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
