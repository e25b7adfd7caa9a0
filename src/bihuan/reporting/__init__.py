"""Reports and periodic forms, composed from figures and expectations and nothing else."""
