"""An import as the things that its run works with: layout, plan, interpreter."""

from collections.abc import Mapping
from typing import IO, Any

from pydantic import ValidationError

from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Capability
from closeloop.records.types import RecordType, registry
from closeloop.transfer import lookups, tables
from closeloop.transfer.columns import Fresh as FreshWords
from closeloop.transfer.columns import field_column
from closeloop.transfer.errors import MappingInvalid
from closeloop.transfer.interpreting import Interpreter, Setting
from closeloop.transfer.models import Import, Policy
from closeloop.transfer.plans import Plan, problems_of
from closeloop.transfer.tables import Layout


def layout_of(job: Import) -> Layout:
    """How the import's file is read."""
    return Layout(
        format=job.format,
        encoding=job.encoding,
        delimiter=job.delimiter,
        sheet=job.sheet,
        header_row=job.header_row,
        first_row=job.first_row,
    )


def plan_of(job: Import) -> Plan:
    """The import's plan; raises MappingInvalid where what is stored cannot be read."""
    return read_plan(job.plan)


def read_plan(data: Mapping[str, Any]) -> Plan:
    """A plan from JSON or YAML; raises MappingInvalid.

    A recipe may write its columns as {name: target} or {name: {target: …}}.
    """
    columns = data.get("columns")
    if isinstance(columns, Mapping):
        data = {**data, "columns": [_column(name, each) for name, each in columns.items()]}
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        errors = [
            {
                "field": ".".join(str(part) for part in fault["loc"]),
                "code": "plan_invalid",
                "given": fault["msg"],
            }
            for fault in error.errors()
        ]
        raise MappingInvalid({"errors": errors}) from error


def _column(name: str, given: Any) -> dict[str, Any]:
    return {"column": name, **(given if isinstance(given, Mapping) else {"target": given})}


def with_new_fields(
    plan: Plan, specs: Mapping[str, FieldSpec], *, record_type: str
) -> tuple[Plan, dict[str, FieldSpec]]:
    """The plan and the fields as they will be once the plan's new fields are made."""
    found = dict(specs)
    columns = []
    for column in plan.columns:
        new = column.new_field
        if new is None:
            columns.append(column)
            continue
        spec = FieldSpec(record_type=record_type, key=new.key, name=new.name, type=new.type)
        found.setdefault(new.key, spec)
        columns.append(column.model_copy(update={"target": new.key, "new_field": None}))
    return plan.model_copy(update={"columns": columns}), found


def interpreter_for(job: Import, stream: IO[bytes], *, actor: Actor) -> Interpreter:
    """The compiled plan of an import; raises MappingInvalid for a constant that cannot stand."""
    record_type = registry.get(job.record_type)
    plan, specs = with_new_fields(
        plan_of(job), fields.specs_of(record_type.key), record_type=record_type.key
    )
    access = org.access_of(actor)
    company = lookups.company_for(record_type.key)
    home = company.homes.get(job.owner_id) if job.owner_id is not None else None
    setting = Setting(
        record_type=record_type,
        specs=specs,
        access=access,
        company=company,
        owner_id=job.owner_id,
        unit_id=job.unit_id if home is None else home,
        makes_new=job.policy != Policy.UPDATE,
        may_open=job.is_opening and access.can(Capability.IMPORT_OPENING),
        own_titles=_own_titles(job, plan, record_type, specs, stream),
    )
    try:
        return Interpreter(plan, job.column_names, setting)
    except ValueProblem as problem:
        raise MappingInvalid({"errors": [{"code": problem.code, **problem.data}]}) from problem


def check(job: Import, *, access: Access) -> None:
    """Raise MappingInvalid with everything that keeps the import from running."""
    specs = fields.specs_of(job.record_type)
    errors = problems_of(
        plan_of(job),
        names=job.column_names,
        specs=specs,
        allowed=fields.access_to(job.record_type, access),
        makes_new=job.policy != Policy.UPDATE,
    )
    targets = {*plan_of(job).by_target, *plan_of(job).constants}
    errors += [
        {"field": key, "code": "match_on_not_given"}
        for key in job.match_on
        if key not in targets or key not in specs or specs[key].type == "choices"
    ]
    if job.policy != Policy.CREATE and not job.match_on:
        errors.append({"field": "match_on", "code": "match_on_needed"})
    if errors:
        raise MappingInvalid({"errors": errors})


def _own_titles(
    job: Import,
    plan: Plan,
    record_type: RecordType,
    specs: Mapping[str, FieldSpec],
    stream: IO[bytes],
) -> frozenset[str]:
    """The titles in the table itself, where its rows name one another."""
    names_itself = any(
        target in specs
        and specs[target].type == "record"
        and specs[target].target == record_type.key
        for target in plan.by_target
    )
    column = plan.by_target.get(record_type.title_field)
    if not names_itself or column is None:
        return frozenset()
    place = job.column_names.index(column.column)
    title = field_column(specs[record_type.title_field], column, plan.empties, fresh=FreshWords())
    cells = [
        row[place] if place < len(row) else None for _, row in tables.rows(stream, layout_of(job))
    ]
    found = title.convert(cells)
    return frozenset(each for each in found if isinstance(each, str))
