"""What reads: a process apart for pictures and local speech, a client for a speech service."""
