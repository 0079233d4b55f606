"""The exceptions of Riwaya, one tree.

    RiwayaError                 every error that a user can meet; its text is one line: what, where, what to do
    ├── InputError              an input that cannot be read          (exit 1 when nothing else could be read)
    ├── UsageError              wrong arguments or values             (exit 2)
    │   ├── MissingExtraError   an optional extra is not installed    (exit 2)
    │   └── NotFoundError       no story, report or name has this id  (exit 2)
    └── OutputError             the output cannot be written          (exit 3)
        └── ArchiveError        an archive is busy, damaged, of a newer version, or its disk is full (exit 3)
"""

from __future__ import annotations


class RiwayaError(Exception):
    """Anything that Riwaya reports to its user in one line."""

    exit_code = 1


class InputError(RiwayaError):
    """An input that cannot be read. `path` says which, `reason` why."""

    exit_code = 1

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UsageError(RiwayaError):
    """Wrong arguments or values."""

    exit_code = 2


class MissingExtraError(UsageError):
    """An optional extra is not installed; the line says what to install."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra '{extra}': pip install 'riwaya[{extra}]'")
        self.extra = extra


class OutputError(RiwayaError):
    """The output cannot be written."""

    exit_code = 3


class NotFoundError(UsageError):
    """No story, report or name has this id."""


class ArchiveError(OutputError):
    """An archive is busy, damaged, of a newer version, or its disk is full."""
