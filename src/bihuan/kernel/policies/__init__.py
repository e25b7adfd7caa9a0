"""What a district may choose within the law: dated rows, so that a matter keeps the policy it began under."""
