"""Onroll finds children missing education and follows each one until they are on a roll again."""

from importlib.metadata import version

__version__ = version("onroll")
