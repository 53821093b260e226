"""The parts pages are made of."""

from datetime import UTC, date, datetime, timedelta

import lxml.html
import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from onroll.govuk.parts import Authority, Column, Link, Table
from onroll.govuk.templatetags.govuk import COLOURS, tel, when, with_999
from onroll.rules.hours import ENGLAND
from onroll.rules.policy_file import HARROW


def drawn(source, **context):
    page = Template("{% load govuk %}" + source).render(Context(context))
    return lxml.html.fromstring(f"<main>{page}</main>")


def words(source, **context):
    return " ".join(drawn(source, **context).text_content().split())


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 23), "23 November 2026"),
        (datetime(2026, 7, 1, 13, 5, tzinfo=UTC), "1 July 2026 at 2:05pm"),
        (datetime(2026, 1, 1, 0, 30, tzinfo=UTC), "1 January 2026 at 12:30am"),
        (None, "Not known"),
    ],
)
def test_a_date_is_written_in_full_in_the_time_of_england(day, shown):
    assert words("{% when day %}", day=day) == shown


def test_a_date_says_how_far_away_it_is():
    day = date(2026, 11, 23)
    assert words("{% when day away='in 3 school days' %}", day=day).endswith("(in 3 school days)")
    page = drawn("{% when day away='2 days ago' meaning='late' %}", day=day)
    assert page.xpath("//strong[contains(@class, 'govuk-tag--red')]/text()") == ["2 days ago"]


@pytest.mark.parametrize("meaning", COLOURS)
def test_every_meaning_has_a_colour(meaning):
    assert words("{% tag 'Due soon' meaning %}", meaning=meaning) == "Due soon"


def test_a_meaning_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        drawn("{% tag 'Due soon' 'purple' %}")


def test_what_people_typed_stays_words():
    source = "{% tag said 'new' %}{% button said %}{% stat 1 said %}{% summary card=said %}"
    source += (
        "{% row said %}{{ said }}{% endrow %}{% endsummary %}{% identity said %}{% endidentity %}"
    )
    source += "{% event said by=said %}{{ said }}{% endevent %}{% ticket said %}{% endticket %}"
    page = drawn(source, said="<script>alert(1)</script>")
    assert not page.xpath("//script")


def test_a_table_without_rows_is_a_sentence():
    table = Table("Referrals", ["Child"], [], "No referral is waiting.")
    page = drawn("{% table table %}", table=table)
    assert "No referral is waiting." in page.text_content()
    assert not page.xpath("//table")


def test_a_table_says_how_it_is_sorted_and_lines_up_figures():
    columns = [Column("Child", sort_url="?sort=x", sorted="descending"), Column("Days", True)]
    page = drawn(
        "{% table table %}", table=Table("Cases", columns, [("Amara", 3)], total=("All", 3))
    )
    assert page.xpath("//th[@aria-sort='descending']/a/@href") == ["?sort=x"]
    assert page.xpath("//tbody//th[@scope='row']/text()") == ["Amara"]
    assert page.xpath("//td[contains(@class, 'govuk-table__cell--numeric')]/text()") == ["3", "3"]
    assert page.xpath("//caption/text()") == ["Cases"]


def test_a_row_of_the_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        drawn("{% table table %}", table=Table("Cases", ["Child", "Days"], [("Amara",)]))


def test_pages_keep_what_the_list_was_asked():
    page = Paginator(range(100), 10).get_page(5)
    links = drawn("{% pagination page keep='sort=name' %}", page=page).xpath("//a/@href")
    assert links[0] == "?sort=name&page=4"
    assert links[-1] == "?sort=name&page=6"


def test_one_page_needs_no_links():
    page = Paginator(range(3), 10).get_page(1)
    assert words("{% pagination page %}", page=page) == ""


def test_tasks_and_tabs_have_ids_of_their_own():
    source = "{% task_list %}{% task 'One' url='/1' status='To do' %}{% task 'Two' url='/2' %}"
    source += (
        "{% endtask_list %}{% tabs %}{% tab 'a' 'A' %}x{% endtab %}{% tab 'b' 'B' %}y{% endtab %}"
    )
    source += "{% endtabs %}{% tabs %}{% tab 'c' 'C' %}z{% endtab %}{% endtabs %}"
    page = drawn(source)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.xpath("//a[@class='govuk-tabs__tab']/@href") == ["#a", "#b", "#c"]


def test_where_the_reader_is_is_said():
    links = [Link("Overview", "/o", is_current=True), Link("History", "/h", count=0)]
    page = drawn("{% sub_navigation links %}", links=links)
    assert page.xpath("//a[@aria-current='page']/text()") == ["Overview"]
    assert "History (0)" in page.text_content()


def test_a_button_is_sent_once():
    page = drawn("{% button 'Send' name='send' value='yes' %}")
    [button] = page.xpath("//button")
    assert button.get("data-prevent-double-click") == "true"
    assert (button.get("name"), button.get("value")) == ("send", "yes")


def test_an_authority_comes_from_its_policy_with_whom_to_ring_now_first():
    noon, night = (datetime(2026, 11, 25, hour, tzinfo=UTC) for hour in (12, 23))
    assert Authority.of(HARROW, at=noon).worry.phone == HARROW.mash_phone
    assert Authority.of(HARROW, at=night).worry.phone == HARROW.out_of_hours_phone


def test_a_telephone_number_is_a_link_that_rings_it() -> None:
    assert 'href="tel:02089012690"' in tel("020 8901 2690")
    assert ">020 8901 2690</a>" in tel("020 8901 2690")
    assert tel("") == ""


def test_999_is_a_link_in_the_words_of_any_language() -> None:
    said = with_999("إذا كان طفل في خطر الآن، فاتصل بالرقم 999. <b>")
    assert said.count('href="tel:999"') == 1
    assert said.endswith("999</a>. &lt;b&gt;")
    assert with_999("Ring us.") == "Ring us."


def test_a_day_that_was_given_without_its_hour_is_drawn_without_one():
    """Nobody did anything at 12:00am: that is a day which somebody typed."""
    midnight = datetime(2026, 11, 18, tzinfo=ENGLAND)
    assert "12:00am" not in when(midnight)
    assert "18 November 2026<" in when(midnight)
    assert "12:01am" in when(midnight + timedelta(minutes=1))
