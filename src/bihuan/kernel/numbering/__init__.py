"""Numbers people quote: matter numbers may have gaps and make nobody wait, document numbers have none."""
