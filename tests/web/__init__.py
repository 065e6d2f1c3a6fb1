"""The pages: as programs and as people with a browser meet them."""
