from tests.public_site import at_reference, loaded_site, site

__all__ = ["at_reference", "loaded_site", "site"]
