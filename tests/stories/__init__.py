"""What people do in the browser, told as promises, against the built client and the real server."""
