"""The two-source check of contacts' phones over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Query, Status, UploadedFile

from closeloop.edge.etags import given_version
from closeloop.edge.problems import language_of
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.edge.texts import Line
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability, Verb
from closeloop.phonecheck import actions, presenting, queries, schemas
from closeloop.phonecheck.schemas import Id
from closeloop.phonecheck.set_up import Ways
from closeloop.records.models import Record

router = Router(tags=["phonecheck"])
MANAGE = f"admin:{Capability.MANAGE_INTEGRATIONS}"


@router.get("/phone-checks", permission=SIGNED_IN, response=schemas.PhoneCheckPage)
def list_phone_checks(
    request: HttpRequest, asked: Query[schemas.PhoneCheckQuery]
) -> dict[str, Any]:
    """The checks of contacts that one may read, in one state."""
    actor = actor_of(request)
    found, more = queries.page(asked.state, actor=actor, cursor=asked.cursor, limit=asked.limit)
    return {
        "items": presenting.rows(found, actor=actor, language=language_of(request)),
        "next_cursor": more,
        "counts": queries.counts(actor=actor),
    }


@router.get("/contacts/{contact_id}/phone-check", permission=SIGNED_IN, response=schemas.PhoneCheck)
def read_phone_check(request: HttpRequest, contact_id: Id) -> dict[str, Any]:
    """What both sources say of a contact's phone."""
    actor = actor_of(request)
    return _shown(request, queries.visible_contact(contact_id, actor=actor), actor)


@router.post(
    "/contacts/{contact_id}/phone-check/kept",
    permission=SIGNED_IN,
    response=schemas.PhoneCheck,
)
def keep_phone(request: HttpRequest, contact_id: Id, payload: schemas.KeepIn) -> dict[str, Any]:
    """Keep the phone although a source disagrees, with the reason."""
    actor = actor_of(request)
    contact = queries.visible_contact(contact_id, actor=actor, verb=Verb.EDIT)
    actions.keep(contact, why=payload.why, actor=actor)
    return _shown(request, contact, actor)


@router.post(
    "/contacts/{contact_id}/phone-check/taken",
    permission=SIGNED_IN,
    response=schemas.PhoneCheck,
)
def take_phone(request: HttpRequest, contact_id: Id, payload: schemas.TakeIn) -> dict[str, Any]:
    """Take a number that a source gives."""
    actor = actor_of(request)
    contact = queries.visible_contact(contact_id, actor=actor, verb=Verb.EDIT)
    version = given_version(request)
    actions.take(contact, payload.number, expected_version=version, actor=actor)
    return _shown(request, contact, actor)


@router.get(
    "/contacts/{contact_id}/wecom-people",
    permission=SIGNED_IN,
    response=list[schemas.WeComPerson],
)
def list_wecom_people(request: HttpRequest, contact_id: Id, q: Line = "") -> list[dict[str, Any]]:
    """People in WeCom who may be the contact: those whom one has added, or its owner has."""
    actor = actor_of(request)
    contact = queries.visible_contact(contact_id, actor=actor, verb=Verb.EDIT)
    return [
        presenting.candidate(each, seen=queries.followers_seen(each, actor=actor, contact=contact))
        for each in queries.candidates(contact, text=q, actor=actor)
    ]


@router.put(
    "/contacts/{contact_id}/wecom-person", permission=SIGNED_IN, response=schemas.PhoneCheck
)
def link_wecom_person(
    request: HttpRequest, contact_id: Id, payload: schemas.WeComLinkIn
) -> dict[str, Any]:
    """Say who the contact is in WeCom, or that nobody there is; the phone is judged anew."""
    actor = actor_of(request)
    contact = queries.visible_contact(contact_id, actor=actor, verb=Verb.EDIT)
    actions.link_by_hand(contact, payload.external_id, actor=actor)
    if payload.external_id is not None:
        actions.check([contact.pk], actor=actor)
    return _shown(request, contact, actor)


@router.get("/phone-check/settings", permission=MANAGE, response=schemas.PhoneCheckSettings)
def read_phone_check_settings(request: HttpRequest) -> dict[str, Any]:
    """The sources as they are set up, and what is kept of them."""
    return presenting.settings()


@router.put(
    "/phone-check/settings",
    permission=MANAGE,
    keeps_answer=False,
    response=schemas.PhoneCheckSettings,
)
def change_phone_check_settings(
    request: HttpRequest, payload: schemas.PhoneCheckSettingsIn
) -> dict[str, Any]:
    """Set up the sources; every phone is judged anew."""
    wanted = Ways(
        uses_wecom=payload.uses_wecom,
        uses_registry=payload.uses_registry,
        is_strict=payload.is_strict,
        provider=payload.provider,
        base_url=payload.base_url,
    )
    actions.set_up_sources(wanted, key=payload.key, actor=actor_of(request))
    return presenting.settings()


@router.post("/phone-check/registry-file", permission=MANAGE, response={201: schemas.RegistryTaken})
def take_registry_file(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, int]]:
    """Take an export of the business registry (CSV, XLSX): names, codes, phones."""
    if file.file is None:
        return Status(201, {"taken": 0, "left_out": 0})
    found = actions.keep_companies(file.file, actor=actor_of(request))
    return Status(201, {"taken": found.taken, "left_out": found.left_out})


@router.post("/phone-check/wecom-reading", permission=MANAGE, response={202: None})
def read_wecom_people(request: HttpRequest) -> Status[None]:
    """Have a worker read now whom colleagues have added in WeCom."""
    actions.read_wecom_later()
    return Status(202, None)


def _shown(request: HttpRequest, contact: Record, actor: Actor) -> dict[str, Any]:
    told = queries.told(contact, actor=actor)
    return presenting.check(told, actor=actor, language=language_of(request))
