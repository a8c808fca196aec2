"""A user's key is made once, is nobody else's to read, and chains to its own authority."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from narrator.credentials.signing_key import FILE, key_folder, signing_key, stored_key


def test_it_is_made_on_first_use_and_stays_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    assert stored_key(folder) is None
    made = signing_key(folder)
    assert signing_key(folder) == stored_key(folder) == made
    assert [path.name for path in folder.iterdir()] == [FILE]


@pytest.mark.skipif(os.name != "posix", reason="only on Linux: Windows keeps a user's folder by other means")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    signing_key(tmp_path / "credentials")
    assert stat.S_IMODE((tmp_path / "credentials" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "credentials").stat().st_mode) == 0o700


def test_two_users_have_two_keys(tmp_path: Path) -> None:
    assert signing_key(tmp_path / "one").private_key != signing_key(tmp_path / "two").private_key


def test_the_authority_signed_the_signer_and_its_own_key_is_not_kept(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    signer, authority = x509.load_pem_x509_certificates(key.chain)
    signer.verify_directly_issued_by(authority)
    assert x509.load_pem_x509_certificate(key.authority.encode()) == authority
    private_key = serialization.load_pem_private_key(key.private_key, None)
    assert private_key.public_key() == signer.public_key()
    assert (tmp_path / FILE).read_bytes().count(b"PRIVATE KEY-----\n") == 2  # one begins, one ends


@pytest.mark.parametrize("content", [b"", b"no key", b"-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert signing_key(tmp_path).chain


def test_it_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert key_folder() == tmp_path / "narrator" / "credentials"
