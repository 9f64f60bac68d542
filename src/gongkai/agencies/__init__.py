"""Who is who: agencies and units over time, people and posts, what each may do, the disclosure office and its guide."""
