"""Clause 5: the policy, what it promises, the policies beside it, and who answers for what."""
