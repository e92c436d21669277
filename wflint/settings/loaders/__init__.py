"""One module for each way in which settings are written down; `sniff` tells which it is."""
