"""What the registers of clause 6 show."""
