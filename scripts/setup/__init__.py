"""Makes what is missing before the product can run: packages, Node, the web client, a browser."""
