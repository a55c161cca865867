"""The verbs of the command line, a module each. `mujaz.cli` loads the one that is called and no other."""
