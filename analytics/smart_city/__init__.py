"""Smart City: scores by component, programmes, evidence, indices, questions, the yearly report."""
