"""An authority of a test's own, and what it certifies: TLS on loopback as it is on the internet."""

import ssl
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.clock import SystemClock


class Certifier:
    """Certifies hosts; `trust` believes it and nobody else."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority for one test")])
        ca = x509.BasicConstraints(ca=True, path_length=None)
        self.certificate = self._certified(self.name, self.key.public_key(), ca)

    @property
    def trust(self) -> ssl.SSLContext:
        pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=pem)

    def server(self, host: str, folder: Path) -> ssl.SSLContext:
        """What a server needs that is `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certified(
            name, key.public_key(), x509.SubjectAlternativeName([x509.DNSName(host)])
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pem = folder / f"{host}.pem"
        pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context

    def _certified(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = SystemClock().now()
        about = x509.CertificateBuilder(self.name, name, key, x509.random_serial_number())
        dated = about.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        return dated.add_extension(extension, critical=True).sign(self.key, hashes.SHA256())
