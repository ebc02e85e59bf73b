"""Text out of pictures and out of speech."""
