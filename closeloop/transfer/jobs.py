"""The work of imports and exports, outside the request that asked for it.

Each job may run twice: an import goes on behind its cursor, an export that is done stays.
"""

from datetime import UTC, datetime, timedelta

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.engine.refusals import Refusal
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor, ActorKind
from closeloop.identity.models import User
from closeloop.transfer import actions
from closeloop.transfer.models import Export, Import

KEPT_DAYS = 7
_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name="transfer.run_import", retry=_HEALS)
def run_import(import_id: int) -> None:
    """Import the rows that are left."""
    db.close_old_connections()
    try:
        actions.run(import_id, actor=_import_actor(import_id))
    except (db.OperationalError, db.InterfaceError):
        db.connection.close()
        raise
    except Refusal as refusal:
        actions.fail(import_id, why=str(refusal))
    except Exception as error:
        actions.fail(import_id, why=f"{type(error).__name__}: {error}")
        raise
    finally:
        db.close_old_connections()


@app.task(name="transfer.revert_import", retry=_HEALS)
def revert_import(import_id: int) -> None:
    """Take an import back, batch by batch."""
    db.close_old_connections()
    try:
        actions.revert(import_id, actor=_import_actor(import_id))
    finally:
        db.close_old_connections()


@app.task(name="transfer.write_export", retry=_HEALS)
def write_export(export_id: int) -> None:
    """Write the file of an export."""
    db.close_old_connections()
    try:
        actions.write_export(export_id, actor=_export_actor(export_id))
    except (db.OperationalError, db.InterfaceError):
        db.connection.close()
        raise
    except Exception as error:
        actions.fail_export(export_id, why=f"{type(error).__name__}: {error}")
        raise
    finally:
        db.close_old_connections()


@app.periodic(cron="41 3 * * *")
@app.task(name="transfer.clear_exports", queueing_lock="transfer.clear_exports")
def clear_exports(timestamp: int) -> int:
    """Remove exports that are older than a week; gives how many."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    return actions.clear_exports(before=now - timedelta(days=KEPT_DAYS))


def defer_import(import_id: int) -> None:
    """Have an import run, once this transaction commits; never two of one import at a time."""
    run_import.configure(lock=f"import:{import_id}").defer(import_id=import_id)


def defer_revert(import_id: int) -> None:
    """Have an import taken back, once this transaction commits."""
    revert_import.configure(lock=f"import:{import_id}").defer(import_id=import_id)


def defer_export(export_id: int) -> None:
    """Have an export written, once this transaction commits."""
    write_export.configure(lock=f"export:{export_id}").defer(export_id=export_id)


def _import_actor(import_id: int) -> Actor:
    return _actor(Import.objects.select_related("created_by").get(pk=import_id).created_by)


def _export_actor(export_id: int) -> Actor:
    return _actor(Export.objects.select_related("created_by").get(pk=export_id).created_by)


def _actor(user: User | None) -> Actor:
    if user is None:
        return SYSTEM
    return identity.actor_of_user(user, kind=ActorKind.PERSON)
