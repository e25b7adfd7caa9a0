"""What is supervised: enterprise, project, site, facility, place, each with its region, sector and who answers for it."""
