"""What can be asked of the supply chain: of its processes, of their runs, of its nodes.

A check returns the records concerned. The first line of its docstring is how a shortfall (or the
evidence) is called in the reason of a verdict.
"""
