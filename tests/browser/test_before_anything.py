"""The first day: no file has come, and each page says so in a sentence, not in an empty table."""

import pytest

IS_EMPTY = True
PAGES = (
    ("olive", "/today/"),
    ("olive", "/cases/"),
    ("olive", "/files/"),
    ("olive", "/review/"),
    ("olive", "/review/?list=claims"),
    ("olive", "/review/?list=held"),
    ("olive", "/reports/weekly/"),
    ("olive", "/reports/weekly/so-far/"),
    ("olive", "/schools/3102001/"),
    ("tess", "/school/"),
    ("tess", "/school/children/"),
)


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_an_empty_page_says_so_in_words(site, who, path):
    tab = site.tab(who).open(path)
    assert tab.faults_at_each_width() == []
    tables = tab.page.get_by_role("table")
    assert all(table.get_by_role("row").count() > 1 for table in tables.all())
    tab.close()
