"""How Shortlist works: rules, words, edges and the composition of them."""
