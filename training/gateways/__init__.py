"""Services outside: the only place where their libraries are imported."""
