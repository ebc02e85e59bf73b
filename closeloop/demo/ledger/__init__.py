"""The demo company's books: what its people do, held in memory, then written in bulk.

`verbs` says what can be done, `held` what is kept, `facts` what gates are told, `books` does it by
the product's own rules, `writing` copies it into the database.
"""
