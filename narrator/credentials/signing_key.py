"""A folder in, this user's own key and certificates for signing films out, made on first use.

The certificates follow the C2PA certificate profile (specification 2.2, section 14.5): ES256, one certificate of an
authority and one of the signer. The authority's key signs that once and is never kept. Nobody vouches for them: they
prove that a film is unchanged, and on this machine that it was made here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.places import user_data_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import CertificateBuilder, KeyUsage, Name

FILE = "signing.pem"
LIFE_DAYS = 20 * 365
"""Without a time-stamp authority a film's credentials lapse with the certificate."""
ORGANISATION = "narrator, a key of this user's own"
KEY_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
KEY_END = b"-----END PRIVATE KEY-----\n"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """All in PEM."""

    private_key: bytes
    chain: bytes
    """The signer's certificate, then the authority's."""

    @property
    def authority(self) -> str:
        """The authority's certificate."""
        return "-----BEGIN CERTIFICATE-----" + self.chain.decode().rpartition("-----BEGIN CERTIFICATE-----")[2]


def key_folder() -> Path:
    """Where this user's key lies."""
    return user_data_folder() / "credentials"


def signing_key(folder: Path) -> SigningKey:
    """The key in the folder; it is made where there is none or the one there is no key. Raises OSError."""
    file = folder / FILE
    if (found := stored_key(folder)) is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f"{FILE}.{os.getpid()}.part"
    unfinished.unlink(missing_ok=True)
    made = _make()
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(made.private_key + made.chain)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return stored_key(folder) or made  # another process may have been quicker


def stored_key(folder: Path) -> SigningKey | None:
    """The key that is there; None where none was made yet."""
    try:
        private_key, end, chain = (folder / FILE).read_bytes().partition(KEY_END)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return SigningKey(private_key + end, chain) if chain.count(b"-----END CERTIFICATE-----") == 2 else None


def _make() -> SigningKey:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    of_authority = _certificate("authority", authority_key.public_key(), authority_key.public_key())
    of_authority = of_authority.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    of_authority = of_authority.add_extension(_key_usage("key_cert_sign"), critical=True)
    of_signer = _certificate("films", key.public_key(), authority_key.public_key())
    of_signer = of_signer.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    of_signer = of_signer.add_extension(_key_usage("digital_signature"), critical=True)
    purpose = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.EMAIL_PROTECTION])
    of_signer = of_signer.add_extension(purpose, critical=False)
    chain = b"".join(
        builder.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        for builder in (of_signer, of_authority)
    )
    private_key = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey(private_key, chain)


def _certificate(
    name: str, public_key: EllipticCurvePublicKey, authority: EllipticCurvePublicKey
) -> CertificateBuilder:
    from cryptography import x509

    begin = datetime.now(UTC) - timedelta(days=1)  # clocks differ
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("authority"))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=LIFE_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority), critical=False)
    )


def _name(common: str) -> Name:
    from cryptography import x509

    organisation = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, ORGANISATION)
    return x509.Name([organisation, x509.NameAttribute(x509.NameOID.COMMON_NAME, f"narrator {common}")])


def _key_usage(use: str) -> KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(**{name: name == use for name in KEY_USES})
