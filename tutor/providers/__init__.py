"""Models that can be asked, all behind one Protocol: the built-in ones, local servers, hosts.

The only home of httpx.
"""
