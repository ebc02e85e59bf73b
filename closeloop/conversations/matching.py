"""Whose a conversation is, by what is known of customers, contacts, leads and deals.

Looked for within the author's reach, so that nobody learns of a customer who is not theirs; what
has no author is looked for everywhere, and shown to those who may see it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from closeloop.conversations import naming, set_up
from closeloop.conversations.models import Conversation, ConversationKind, ConversationState
from closeloop.customers.catalogue import CUSTOMER
from closeloop.customers.models import Contact, Customer
from closeloop.deals.catalogue import DEAL
from closeloop.deals.models import Deal
from closeloop.desk import loads
from closeloop.engine.promises.filing import By, Candidate, Evidence, Verdict, judge
from closeloop.identity.actor import Actor
from closeloop.leads.catalogue import LEAD
from closeloop.leads.identities import kinds
from closeloop.leads.identities import queries as identities
from closeloop.leads.identities.kinds import Known
from closeloop.leads.models import Lead
from closeloop.recognition.facts import facts_in
from closeloop.records import queries as records

MOST_CANDIDATES = 6
SUBJECTS = (CUSTOMER.key, LEAD.key, DEAL.key)
_EVERYBODYS = frozenset(
    {"qq.com", "163.com", "126.com", "sina.com", "gmail.com", "outlook.com", "hotmail.com",
     "foxmail.com", "139.com", "189.cn", "yeah.net", "sohu.com", "icloud.com", "aliyun.com"}
)  # fmt: skip


def find(conversation: Conversation, *, actor: Actor) -> Verdict:
    """The records that a conversation may belong to, and the one it surely does."""
    evidence = [
        *_of_thread(conversation),
        *_of_parties(conversation),
        *_of_text(conversation, actor),
    ]
    readable = records.visible_among({each.record_id for each in evidence}, actor=actor)
    told = [each for each in evidence if each.record_id in readable]
    return judge(told, threshold=set_up.threshold())


def candidates_as_data(verdict: Verdict) -> list[dict[str, Any]]:
    """Candidates as they are stored with a conversation."""
    return [as_data(each) for each in verdict.candidates[:MOST_CANDIDATES]]


def as_data(candidate: Candidate) -> dict[str, Any]:
    """One candidate with its reasons."""
    return {
        "record_id": candidate.record_id,
        "confidence": candidate.confidence,
        "why": [{"by": each.by.value, "value": each.value} for each in candidate.why],
    }


def customer_of(record_id: int, record_type: str) -> int | None:
    """The customer that a record belongs to."""
    if record_type == CUSTOMER.key:
        return record_id
    if record_type == DEAL.key:
        return Deal.objects.filter(pk=record_id).values_list("customer_id", flat=True).first()
    if record_type == LEAD.key:
        return Lead.objects.filter(pk=record_id).values_list("customer_id", flat=True).first()
    return None


def deal_of(customer_id: int | None, *, author_id: int | None) -> int | None:
    """The one open deal of a customer; where there are several, the author's one."""
    if customer_id is None:
        return None
    opened = Deal.objects.filter(customer_id=customer_id, deleted_at=None).exclude(
        stage__in=loads.ended(DEAL.key)
    )
    found = list(opened.values_list("pk", "owner_id")[:20])
    own = [pk for pk, owner_id in found if owner_id == author_id]
    for each in ([pk for pk, _ in found], own):
        if len(each) == 1:
            return each[0]
    return None


def _of_thread(conversation: Conversation) -> Iterator[Evidence]:
    """A mail that answers a filed one, a chat that went on."""
    if not conversation.thread:
        return
    before = Conversation.objects.filter(
        thread=conversation.thread, state=ConversationState.FILED, record__isnull=False
    ).exclude(pk=conversation.pk)
    for record_id in before.order_by("-at").values_list("record_id", flat=True)[:1]:
        if record_id is not None:
            yield Evidence(record_id, By.THREAD, conversation.thread[:80])


def _of_parties(conversation: Conversation) -> Iterator[Evidence]:
    for party in conversation.parties:
        value = party["value"]
        match party["kind"]:
            case "external":
                yield from _of_leads([Known(kinds.EXTERNAL_USER, value)], By.EXTERNAL_ID, value)
                yield from _of_contacts("wechat", [value], By.EXTERNAL_ID)
            case "email":
                yield from _of_mail(value)
            case "phone":
                yield from _of_phone(value)
            case "name":
                yield from _of_name(value)
    facts = facts_in(conversation.text, said_at=conversation.at)
    for fact in facts:
        if fact["kind"] == "phone":
            yield from _of_phone(fact["value"])
        elif fact["kind"] == "email" and conversation.kind != ConversationKind.MAIL:
            yield from _of_mail(fact["value"])


def _of_text(conversation: Conversation, actor: Actor) -> Iterator[Evidence]:
    said = f"{conversation.title}\n{conversation.text}"
    for known in naming.customers_named(said, actor):
        yield Evidence(known.id, By.COMPANY, known.title)
        yield from _of_names_at(known.id, said)


def _of_names_at(customer_id: int, said: str) -> Iterator[Evidence]:
    """A contact of the customer who is named too."""
    names = Contact.objects.filter(customer_id=customer_id, deleted_at=None)
    for name in names.values_list("name", flat=True)[:50]:
        if len(name) > 1 and name in said:
            yield Evidence(customer_id, By.PERSON, name)
            return


def _of_phone(value: str) -> Iterator[Evidence]:
    is_shared = value.startswith(("400", "800", "0"))
    by = By.LANDLINE if is_shared else By.PHONE
    yield from _of_contacts("phone", [value], by)
    for pk in Customer.objects.filter(phone=value, deleted_at=None).values_list("pk", flat=True)[
        :5
    ]:
        yield Evidence(pk, By.LANDLINE, value)
    if not is_shared:
        yield from _of_leads([Known(kinds.PHONE, value)], by, value)


def _of_mail(value: str) -> Iterator[Evidence]:
    yield from _of_contacts("email", [value], By.EMAIL)
    yield from _of_leads([Known(kinds.EMAIL, value)], By.EMAIL, value)
    domain = value.rpartition("@")[2]
    if domain and domain not in _EVERYBODYS:
        found = Contact.objects.filter(email__iendswith=f"@{domain}", deleted_at=None)
        for pk in set(found.values_list("customer_id", flat=True)[:50]):
            if pk is not None:
                yield Evidence(pk, By.MAIL_DOMAIN, domain)


def _of_name(value: str) -> Iterator[Evidence]:
    if len(value) < 2:
        return
    found = Contact.objects.filter(name=value, deleted_at=None, customer__isnull=False)
    for pk in set(found.values_list("customer_id", flat=True)[:20]):
        if pk is not None:
            yield Evidence(pk, By.PERSON, value)


def _of_contacts(field: str, values: Sequence[str], by: By) -> Iterator[Evidence]:
    found = Contact.objects.filter(**{f"{field}__in": values}, deleted_at=None)
    for value, customer_id in found.values_list(field, "customer_id")[:20]:
        if customer_id is not None:
            yield Evidence(customer_id, by, str(value))


def _of_leads(known: Iterable[Known], by: By, value: str) -> Iterator[Evidence]:
    """Leads; one that has become a customer speaks for the customer."""
    ids = [each.lead_id for each in identities.matches(list(known))[:5]]
    for pk, customer_id in Lead.objects.filter(pk__in=ids).values_list("pk", "customer_id"):
        yield Evidence(customer_id or pk, by, value)
