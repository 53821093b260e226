"""Commands of postcodes."""
