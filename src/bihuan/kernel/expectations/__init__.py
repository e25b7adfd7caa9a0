"""What is due from whom and by when: what should have come and did not is as visible as what came."""
