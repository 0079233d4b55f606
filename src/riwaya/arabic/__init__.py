"""The Arabic language behind a small interface: normalisation, words, sentences, numerals, calendars, lexicons.

A second language would be a sibling of this folder; no other room knows how Arabic is written.
"""
