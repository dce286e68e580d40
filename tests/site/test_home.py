"""The first page says things the way all pages do."""

from django.utils import timezone
from django.utils.formats import date_format

from bartizan.ground.records.models import Record
from tests.cast import issue


def test_the_first_page_writes_a_moment_in_words_as_histories_do(owner, sign_in):
    issue("Theft at night", owner.unit, owner=owner)
    said = date_format(timezone.localtime(Record.objects.get().changed_at), "DATETIME_FORMAT")
    assert said in sign_in(owner).get("/").content.decode()
