"""SQL that an app's migration uses to have its table counted."""


def tally_triggers(table: str, *, record_type: str, amount: str) -> tuple[str, str]:
    """SQL to attach and to detach the triggers; `record_type` and `amount` are SQL expressions."""
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in (record_type, amount))
    events = {
        "insert": "AFTER INSERT ON {t} REFERENCING NEW TABLE AS after_rows",
        "update": "AFTER UPDATE ON {t} REFERENCING OLD TABLE AS before_rows"
        " NEW TABLE AS after_rows",
        "delete": "AFTER DELETE ON {t} REFERENCING OLD TABLE AS before_rows",
    }
    attach = "".join(
        f"CREATE TRIGGER tally_{event} {clause.format(t=table)}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION desk_tally({quoted});\n"
        for event, clause in events.items()
    )
    detach = "".join(f"DROP TRIGGER tally_{event} ON {table};" for event in events)
    return attach, detach


def list_indexes(table: str, *, amount: str | None) -> tuple[str, str]:
    """SQL for the indexes behind lists and boards of a staged table, and to drop them.

    Wide scopes walk the stage's index and filter by unit; narrow ones merge their units' indexes.
    """
    worth = f"coalesce({amount}, 0) DESC, " if amount else ""
    indexes = {
        f"{table}_board": f"(stage, {worth}id DESC) INCLUDE (unit_id, owner_id)",
        f"{table}_unit_board": f"(unit_id, stage, {worth}id DESC)",
        f"{table}_unit_newest": "(unit_id, id DESC)",
        f"{table}_owner_newest": "(owner_id, id DESC)",
    }
    if amount:
        indexes[f"{table}_worth"] = f"({worth}id DESC) INCLUDE (unit_id, owner_id)"
    create = "".join(
        f"CREATE INDEX {name} ON {table} {columns} WHERE deleted_at IS NULL;\n"
        for name, columns in indexes.items()
    )
    return create, "".join(f"DROP INDEX {name};" for name in indexes)
