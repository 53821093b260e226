"""Postcodes with their authority and ward, and the names of these."""

from django.db import models


class Area(models.Model):
    """A local authority or a ward, by its ONS code."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A postcode, in capitals and without its space, and where it lies."""

    postcode = models.CharField(max_length=7, primary_key=True)
    authority = models.CharField(max_length=9)
    """ONS code of the local authority."""
    ward = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ("postcode",)

    def __str__(self) -> str:
        return self.postcode
