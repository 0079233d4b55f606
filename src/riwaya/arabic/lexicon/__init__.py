"""Generated from the hand-edited lists in `../lexicons` by tools/compile_lexicons.py. Do not edit these modules."""
