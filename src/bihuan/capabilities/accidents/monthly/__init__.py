"""Monthly forms of every unit: the accident return (M207) and the early-warning form (M179), each a filing that is due."""
