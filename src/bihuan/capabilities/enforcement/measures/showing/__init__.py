"""How measures show themselves, each page's part by what it is about; :mod:`..pages` puts it into service."""
