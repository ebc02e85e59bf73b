"""What people outside see and send: unsubscribing, files of the library, replies."""
