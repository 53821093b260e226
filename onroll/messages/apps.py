"""The name under which Django knows this package."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Its label begins the names of its tables; Django's own `messages` has that word already."""

    name = "onroll.messages"
    label = "outbox"
