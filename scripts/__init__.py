"""What the scripts beside this file do; standard library only, so that it runs before anything."""
