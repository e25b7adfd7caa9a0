"""Pages of the crackdown that no loop makes."""
