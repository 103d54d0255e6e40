"""Settings, addresses and the ways in (web server, command line). Imports every app; imported by none."""
