"""What the chain stands to lose, where from, and which treatments are worth their money.

Plain Python over NumPy, SciPy and Numba. Imports no Django and no other room, so that the kernels
serve people who use nothing else of the product. Import the module you need (`loss`, `aggregate`,
`cascade`, `portfolio`, `tables`): importing this package alone compiles and loads nothing.
"""
