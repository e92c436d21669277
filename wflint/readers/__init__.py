"""All reading of the world outside: a checkout, standard input."""
