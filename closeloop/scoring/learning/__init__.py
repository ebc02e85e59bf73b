"""The learned score: what it looks at, how it is trained and judged, what it says of a record.

LightGBM is an optional part (the extra `learned`) and is loaded only where a model is trained or
asked, which is the worker: 9 MB itself, 172 MB with numpy and scipy, and about 130 MB of memory.
"""
