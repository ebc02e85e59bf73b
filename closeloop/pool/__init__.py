"""The pool (公海): records that nobody owns, who may take them, and what comes back by itself."""
