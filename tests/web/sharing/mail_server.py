"""A mail server that really listens on loopback: letters come over SMTP, refusals are said as servers say them."""

import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOGIN, PASSWORD = "otklik", "a password of the mail server"
ACCEPTED = "250 OK"


class Mailbox:
    """What came, and what is answered first: `to_recipient` and `to_letter` are taken one by one; "drop" hangs up."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.to_recipient: list[str] = []
        self.to_letter: list[str] = []
        self.was_tls: list[bool] = []
        self.logged_in: list[str] = []
        self.seen = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen += 1
        answer = self.to_recipient.pop(0) if self.to_recipient else ACCEPTED
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.to_letter.pop(0) if self.to_letter else ACCEPTED
        if answer.startswith("drop"):
            if answer == "drop-kept":
                self._keep(session, envelope)
            server.transport.abort()  # the letter was read, the answer never came
            return ACCEPTED
        if answer == ACCEPTED:
            self._keep(session, envelope)
        return answer

    def _keep(self, session: Session, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.envelopes.append(envelope)
        self.was_tls.append(session.ssl is not None)

    def check(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, given: Any) -> AuthResult:
        """Whoever knows the password may send."""
        assert mechanism in ("LOGIN", "PLAIN") and isinstance(given, LoginPassword)
        known = (given.login, given.password) == (LOGIN.encode(), PASSWORD.encode())
        if known:
            self.logged_in.append(given.login.decode())
        return AuthResult(success=known, handled=known)


@contextmanager
def listening(mailbox: Mailbox, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve a mailbox; give the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    secure: dict[str, Any] = {}
    if tls is not None:
        secure = {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": mailbox.check}
    server = Controller(mailbox, hostname="127.0.0.1", port=port, **secure)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that only those trust who are told to, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of a test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail.pem", folder / "mail.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
