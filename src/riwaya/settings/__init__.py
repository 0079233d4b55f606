"""Every setting: name, default, unit, one line of help, and the evidence for its value.

One module and one frozen dataclass per room: `READ`, `MARK`, `RELATE`, `WEIGH`, `TELL`, `ENGINE`. A number that decides
anything lives here and nowhere else.
"""

from riwaya.settings.base import Setting, describe, setting

__all__ = ["Setting", "describe", "setting"]
