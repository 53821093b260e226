"""Tests of how many forms come from one sender."""
