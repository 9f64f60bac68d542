"""The ways out. Mail is the only one so far; others (SMS) come behind the same protocol."""

import smtplib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from gongkai.outbox.models import Fault


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: an id that is the same whenever the same messages are sent again, a subject and a text."""

    id: str
    subject: str
    text: str


class NotSent(Exception):
    """A letter that did not go out; `is_general` says that others would fare no better now."""

    def __init__(self, fault: Fault, *, is_general: bool) -> None:
        super().__init__(fault.value)
        self.fault, self.is_general = fault, is_general


class Channel(Protocol):
    """A way out of the system."""

    name: str

    def accepts(self, address: str) -> bool:
        """Whether an address is one of this channel."""

    def send(self, letter: Letter, address: str) -> None:
        """Sends a letter. Raises NotSent."""


class Mail:
    """Mail by the server that the settings name."""

    name = "mail"

    def accepts(self, address: str) -> bool:
        """Whether it is a mail address."""
        try:
            validate_email(address)
        except ValidationError:
            return False
        return True

    def send(self, letter: Letter, address: str) -> None:
        """Sends it. The server's own words may name the recipient: they are neither kept nor logged."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        headers = {"Message-ID": f"<{letter.id}@{domain}>", "Auto-Submitted": "auto-generated"}
        connection = get_connection()
        mail = EmailMessage(letter.subject, letter.text, to=[address], headers=headers, connection=connection)
        try:
            mail.send()
        except TimeoutError:
            raise NotSent(Fault.TOO_SLOW, is_general=True) from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            raise NotSent(Fault.SIGN_IN, is_general=True) from None
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
            raise NotSent(Fault.REFUSED, is_general=False) from None
        except smtplib.SMTPSenderRefused:
            raise NotSent(Fault.REFUSED, is_general=True) from None
        except smtplib.SMTPServerDisconnected as error:
            # The library tells a server that does not answer in time as one that hung up.
            is_slow = isinstance(error.__context__, TimeoutError)
            raise NotSent(Fault.TOO_SLOW if is_slow else Fault.BROKEN_OFF, is_general=True) from None
        except (smtplib.SMTPException, OSError):
            raise NotSent(Fault.UNREACHABLE, is_general=True) from None
        finally:
            connection.close()  # the library leaves it open where the sign-in failed


def channel() -> Channel | None:
    """The way out of this installation; None where there is no mail server: then messages wait."""
    return Mail() if settings.EMAIL_HOST else None
