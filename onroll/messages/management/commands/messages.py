"""`onroll messages`: which messages were not taken, and why; try them again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onroll.audit.actions import acting
from onroll.messages import actions, queries
from onroll.messages.kinds import KINDS
from onroll.messages.management import arguments
from onroll.messages.models import Kind, Message

ACTOR = "command:messages"


class Command(BaseCommand):
    """Run on the server; it shows addresses of people with accounts, of nobody else."""

    help = "List the messages that were not taken, and why, or try them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.messages(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """List them, and make them due again if asked to."""
        at = timezone.localtime()
        for message in queries.not_taken(at=at):
            self.stdout.write(_line(message))
        if options["again"]:
            with acting(actor=ACTOR):
                count = actions.try_again(at=at)
            self.stdout.write(f"{count} will be tried again within five minutes.")


def _line(message: Message) -> str:
    if message.given_up_at:
        state = f"given up after {message.tries} tries"
    else:
        again = timezone.localtime(message.due_at)
        state = f"tried {message.tries} times, again on {again:%-d %B at %H:%M}"
    subject = KINDS[Kind(message.kind)].subject
    whom = message.user.email if message.user else "Somebody without an account"
    return f"{whom}  {subject} ({message.ref})  {state}. {message.refused_because}"
