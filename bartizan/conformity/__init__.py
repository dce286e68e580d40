"""Does the organization do what the standard asks, why not, and what shows it."""
