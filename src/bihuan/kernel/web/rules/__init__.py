"""期限与规则: what the district chose within the law, from when and why, and the page on which it is set."""
