"""What can be asked of treatments, controls and strategies.

A check returns the records concerned. The first line of its docstring is how the evidence, or what
a record falls short in, is called in the reason of a verdict.
"""
