"""What can be asked of documented information (7.5)."""
