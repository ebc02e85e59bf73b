"""Entering through a provider, on top of allauth: nobody is made here, only met."""
