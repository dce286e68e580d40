"""The supply chain as resources and processes: partners, places, processes and their runs."""
