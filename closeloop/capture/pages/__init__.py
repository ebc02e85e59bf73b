"""The public pages of forms: server-rendered, light, working without scripts."""
