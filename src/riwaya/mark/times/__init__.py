"""Times: found by their words first, given their TIMEX3 value once the date of the report is known."""

from riwaya.mark.times.find import find_times
from riwaya.mark.times.resolve import resolve, resolve_times

__all__ = ["find_times", "resolve", "resolve_times"]
