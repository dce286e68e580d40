"""What can be asked of the records of clause 7."""
