"""The Smart City page: scores, programmes, advice, indices, ISO, questions, the yearly report."""
