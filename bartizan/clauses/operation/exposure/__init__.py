"""What is at stake in money: the risks and treatments a person sees, computed and kept."""
