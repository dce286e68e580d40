"""What can be asked of the records of clause 6, and of the risks of 8.3.

A check returns the records concerned. The first line of its docstring is how the evidence, or what
a record falls short in, is called in the reason of a verdict.
"""
