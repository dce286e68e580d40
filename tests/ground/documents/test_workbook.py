"""A library goes into a workbook and comes back as it was."""

import io

import pytest

from bartizan.exchange.workbook import read, write
from bartizan.ground.documents import registers
from bartizan.ground.documents.models import Disposal, Distribution, Duty
from bartizan.ground.records.register import Register

ROOM = [found for found in vars(registers).values() if isinstance(found, Register)]


@pytest.fixture
def shelf(library, north):
    """One row, at least, in every register of the room."""
    version = library.version(library.document())
    library.version(version.document, "2", predecessor=version, effective_from=library.day(-5))
    library.settle(version.document, Duty.KEEPING)
    library.retention_rule(version.document.document_class)
    library.form()
    library.distribute(version.document)
    Distribution.objects.create(document=version.document, person=library.owner)
    library.point_of_use(version)
    library.try_out(version.document)
    version.acknowledgements.create(person=library.owner)
    gone = library.document("Gone")
    Disposal.objects.create(document=gone, by=library.owner, method="Shredded.")


def test_a_library_read_back_is_the_same(shelf):
    out = io.BytesIO()
    write(ROOM, out)
    out.seek(0)
    outcome = read(out, ROOM)
    rows = {register.slug: register.model.objects.count() for register in ROOM}
    assert 0 not in rows.values()
    assert (outcome.errors, outcome.new, outcome.changed) == ([], 0, 0)
    assert outcome.same == sum(rows.values())
