"""Who may come in: users with passwords, their sessions, and a token; in a file of their own beside the archive."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from riwaya.errors import OutputError, UsageError
from riwaya.settings.web import WEB
from riwaya.web.limits import Limit, holder

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_SCHEMA = """
CREATE TABLE IF NOT EXISTS user (name TEXT PRIMARY KEY, hash TEXT NOT NULL, made REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS session (hash BLOB PRIMARY KEY, name TEXT NOT NULL, user TEXT, ends REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""
_NAME = re.compile(r"[^\W_](?:[\w .'-]{0,62}\w)?")  # letters of any script; what stands beside a correction
_OWNER = 0o600  # readable by the owner alone
_LONGEST = 1000  # characters of a password: hashing takes time for each
_API_NAME = "api"  # the author of what a program does with the token


class TooManyLoginsError(Exception):
    """Too many failed logins; `wait` is how many seconds until another is answered."""

    def __init__(self, wait: float) -> None:
        super().__init__("too many failed logins")
        self.wait = wait


def accounts_path(archive: Path) -> Path:
    """Where the accounts of an archive stand: beside it, never in it, for archives are given to others."""
    return archive.with_name(f"{archive.name}.accounts")


class Accounts:
    """Users, sessions and the token of one server.

    Args:
        path: the file; it is made, readable by its owner alone, if it is absent.
        token: a secret that lets in whoever has it, under a name of his own.
        clock: seconds since 1970.

    Raises:
        OutputError: the file cannot be written or is none of ours.
        UsageError: the token is too short.
    """

    def __init__(self, path: Path, *, token: str | None = None, clock: Callable[[], float] = time.time) -> None:
        if token is not None and len(token) < WEB.token_length:
            raise UsageError(f"the token is shorter than {WEB.token_length} characters; make one with: openssl rand -hex 32")
        self.path, self._clock = path, clock
        self._token = hashlib.sha256(token.encode()).digest() if token is not None else None
        self._lock = threading.Lock()
        self._hashing = threading.BoundedSemaphore(WEB.hashing_at_once)
        self._own = Limit(WEB.login_failures, WEB.login_window, WEB.limited_keys)
        self._addresses = Limit(WEB.login_address_failures, WEB.login_window, WEB.limited_keys)
        slowest = WEB.login_account_free + int(WEB.login_delay_most / WEB.login_delay_step)
        self._everywhere = Limit(slowest, WEB.login_window, WEB.limited_keys)
        self._db = _connect(path)
        self.key = self._secret("form")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def has_token(self) -> bool:
        """Whether a token lets in."""
        return self._token is not None

    # ------------------------------------------------------------------------------------------------------------ users

    def users(self) -> list[str]:
        """The names of all users."""
        with self._lock:
            return [name for (name,) in self._db.execute("SELECT name FROM user ORDER BY name")]

    def add(self, name: str, password: str) -> None:
        """Add a user.

        Raises:
            UsageError: the name or password will not do, or there is one of this name.
        """
        name = check_name(name)
        digest = _hasher().hash(check_password(password))
        with self._lock, self._db:
            taken = self._db.execute("SELECT 1 FROM user WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
            if taken:
                raise UsageError(f"there is a user {name!r} already; to change the password: riwaya users password {name}")
            self._db.execute("INSERT INTO user VALUES (?, ?, ?)", (name, digest, self._clock()))

    def change(self, name: str, password: str) -> None:
        """Give a user another password, and end his sessions.

        Raises:
            UsageError: there is no such user, or the password will not do.
        """
        digest = _hasher().hash(check_password(password))
        with self._lock, self._db:
            if not self._db.execute("UPDATE user SET hash = ? WHERE name = ?", (digest, name)).rowcount:
                raise UsageError(f"there is no user {name!r}; `riwaya users list` names them")
            self._db.execute("DELETE FROM session WHERE user = ?", (name,))

    def remove(self, name: str) -> None:
        """Remove a user and his sessions; what he corrected stays.

        Raises:
            UsageError: there is no such user.
        """
        with self._lock, self._db:
            if not self._db.execute("DELETE FROM user WHERE name = ?", (name,)).rowcount:
                raise UsageError(f"there is no user {name!r}; `riwaya users list` names them")
            self._db.execute("DELETE FROM session WHERE user = ?", (name,))

    # --------------------------------------------------------------------------------------------------------- sessions

    def delay(self, name: str) -> float:
        """Note an attempt at an account, and say how many seconds it is to wait before `login` is asked.

        Whoever guesses from many addresses meets this: the limits of one address do not count them together. A name that nobody
        has waits as one that somebody has.
        """
        key = _folded(name)
        before = self._everywhere.recent(key)
        self._everywhere.count(key)
        late = before - WEB.login_account_free + 1
        return min(WEB.login_delay_most, max(0, late) * WEB.login_delay_step)

    def login(self, name: str, password: str, address: str) -> str | None:
        """Begin a session.

        Args:
            name: of the user; with the token as the password, any name that no user has.
            password: his password, or the token.
            address: where the request came from.

        Returns:
            The secret of the session, for a cookie; None if name and password do not belong together.

        Raises:
            TooManyLoginsError: too many have failed.
        """
        address = holder(address)
        account = f"{address}\0{_folded(name)}"
        wait = self._own.take(account) or self._addresses.take(address)
        if wait:
            raise TooManyLoginsError(wait)
        found = self._check(name.strip(), password[:_LONGEST])
        if found is None:
            return None
        self._own.forget(account)
        self._addresses.give_back(address)
        self._everywhere.give_back(_folded(name))
        shown, user = found
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock, self._db:
            self._db.execute("DELETE FROM session WHERE ends <= ?", (now,))
            self._db.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(secret), shown, user, now + WEB.session_hours * 3600)
            )
        return secret

    def _by_token(self) -> str:
        """What stands for the user in sessions begun with this token: no name holds a colon, and another token ends them."""
        assert self._token is not None
        return f":{hashlib.sha256(self._token).hexdigest()}"

    def _check(self, name: str, password: str) -> tuple[str, str] | None:
        """The name to show and the user, or what stands for one, if the password is right."""
        with self._lock:
            row = self._db.execute("SELECT name, hash FROM user WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
        by_token = self._is_token(password)
        if row is None and by_token:
            return (name, self._by_token()) if _NAME.fullmatch(name) else None
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = _hasher()
        try:
            # A name that nobody has takes as long as one that somebody has.
            with self._hashing:
                hasher.verify(row[1] if row else _nobody(), password)
        except (VerificationError, InvalidHashError):
            return None
        if row is None:
            return None
        if hasher.check_needs_rehash(row[1]):
            with self._lock, self._db:
                self._db.execute("UPDATE user SET hash = ? WHERE name = ?", (hasher.hash(password), row[0]))
        return row[0], row[0]

    def session(self, secret: str) -> str | None:
        """The name of who has this session; None if there is none or it has ended."""
        with self._lock:
            row = self._db.execute("SELECT name, user, ends FROM session WHERE hash = ?", (_digest(secret),)).fetchone()
        if row is None or row[2] <= self._clock():
            return None
        begun_by_token = row[1] is None or row[1].startswith(":")
        if begun_by_token and (self._token is None or row[1] != self._by_token()):  # it is no longer in force
            return None
        return str(row[0])

    def logout(self, secret: str) -> None:
        """End a session."""
        with self._lock, self._db:
            self._db.execute("DELETE FROM session WHERE hash = ?", (_digest(secret),))

    def bearer(self, token: str) -> str | None:
        """The name under which a program with this token acts; None if it is not the token."""
        return _API_NAME if self._is_token(token) else None

    def _is_token(self, given: str) -> bool:
        digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).digest()
        return self._token is not None and hmac.compare_digest(digest, self._token)

    def _secret(self, name: str) -> bytes:
        with self._lock, self._db:
            self._db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, secrets.token_bytes(32)))
            row = self._db.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
        return bytes(row[0])


def check_name(name: str) -> str:
    """A user's name as it is kept.

    Raises:
        UsageError: it will not do.
    """
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a user: letters and digits, up to 64, with spaces, dots, hyphens between")
    return name


def check_password(password: str) -> str:
    """A password that may be used.

    Raises:
        UsageError: it is too short or too long.
    """
    if not WEB.password_length <= len(password) <= _LONGEST:
        raise UsageError(f"a password has {WEB.password_length} to {_LONGEST} characters")
    return password


def _connect(path: Path) -> sqlite3.Connection:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER))
        path.chmod(_OWNER)
        db = sqlite3.connect(path, check_same_thread=False, timeout=10)
        db.executescript(_SCHEMA)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{path}: the accounts cannot be kept here ({error}); check the folder's permissions") from None
    return db


def _folded(name: str) -> str:
    """What attempts at an account are counted by."""
    return name.strip().casefold()[:100]


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError:
        from riwaya.errors import MissingExtraError

        raise MissingExtraError("riwaya serve", "serve") from None
    return PasswordHasher()


_NOBODY: list[str] = []


def _nobody() -> str:
    """The hash of a password that nobody has."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash(secrets.token_urlsafe(32)))
    return _NOBODY[0]
