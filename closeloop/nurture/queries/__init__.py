"""What readers see of nurture: paths, templates, the library, enrolments, messages, figures."""
