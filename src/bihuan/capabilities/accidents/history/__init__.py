"""事故台账 of earlier years in: workbooks whose rows become accidents, so that a year has something to be compared with."""
