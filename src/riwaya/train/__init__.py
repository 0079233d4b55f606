"""Training of what ships as data: `riwaya train` makes a shipped model again from tagged text, byte for byte."""
