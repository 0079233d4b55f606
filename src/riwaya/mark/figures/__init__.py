"""Figures: quantities with what they count, what happened to those counted, and whether it is the whole toll or a part."""

from riwaya.mark.figures.find import find_figures

__all__ = ["find_figures"]
