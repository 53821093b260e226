"""Enquiries: whom the authority and schools asked where a child is, and what they answered."""
