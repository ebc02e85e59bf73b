"""What leads refuse."""

from closeloop.engine.refusals import Refusal, RefusalKind


class AlreadyConverted(Refusal):
    """This lead was converted already; open its customer or deal."""

    code = "lead_already_converted"
    kind = RefusalKind.CONFLICT


class CustomerNotGiven(Refusal):
    """Choose an existing customer or give the values of a new one."""

    code = "conversion_needs_customer"
    kind = RefusalKind.INVALID


class NoConversionStage(Refusal):
    """The lead's process has no stage that ends in a conversion; ask your administrator."""

    code = "conversion_stage_missing"
    kind = RefusalKind.CONFLICT
