"""The name under which Django knows this package, and what it adds to the pages of files."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "onroll.lists"
    label = "lists"

    def ready(self) -> None:
        """Have each list compared once it is taken in; add its findings to the pages of files."""
        from onroll.intake import slots
        from onroll.lists import actions, pages

        slots.AFTER_FILE.append(actions.compare_list)
        slots.AFTER_SETTLING.append(actions.withdraw_for_row)
        slots.PANELS.append(pages.panel)
        slots.TABS.append(pages.TAB)
