"""Who acts: users, posts, tenures and roles, and the one predicate that says what an actor may see."""
