"""Reports that join the themes: the home page's headlines, what is new, how old the data are."""
