"""What is checked at start-up about the table of contents."""

from django.core.checks import Error

from bartizan.ground.records.register import check_registers
from bartizan.registers import REGISTERS


def registers_name_what_exists(app_configs=None, **kwargs) -> list[Error]:
    """Names every misspelled column, field or filter of a register."""
    return check_registers(REGISTERS)
