"""Where a form led, sealed with the form's own key, which is stored nowhere.

The address may be a private link. Whoever reads the table cannot follow it; whoever sends the same
form again is led there.
"""

import base64
import hashlib

from cryptography.fernet import Fernet


def seal(location: str, *, key: str) -> str:
    """Return an address sealed with the key of a form."""
    return _cipher(key).encrypt(location.encode()).decode()


def unseal(sealed: str, *, key: str) -> str:
    """Return an address that was sealed with the key of the same form."""
    return _cipher(key).decrypt(sealed.encode()).decode()


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"where {key}".encode()).digest()))
