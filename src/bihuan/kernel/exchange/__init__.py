"""What goes out to people: notices, at hours when people work, and never the same reminder twice."""
