"""Send the daily mails of the searches that editors keep."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.browse.citations.piece import today
from archive.browse.digests import due, send


class Command(BaseCommand):
    help = "Sends each editor what is new or changed in the searches kept for daily mail; a second run on a day sends nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_READY:
            raise CommandError("No mail server is set: see MAIL_URL in docs/settings.md.")
        sent = told = 0
        failed = []
        for digest in due(today()):
            try:
                count = send(digest)
            except OSError as error:  # what smtplib and sockets raise; the others go on
                failed.append(f"digest {digest.pk}: {type(error).__name__}")
                continue
            sent, told = sent + bool(count), told + count
        self.stdout.write(f"{sent} mails sent, of {told} articles.")
        if failed:
            raise CommandError("Not sent, tried again at the next run: " + "; ".join(failed))
