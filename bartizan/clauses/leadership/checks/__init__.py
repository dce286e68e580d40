"""What can be asked of the policy and of those who answer for it.

A check returns the records concerned. The first line of its docstring is how a shortfall (or the
evidence) is called in the reason of a verdict.
"""
