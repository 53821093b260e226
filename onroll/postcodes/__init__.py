"""Where a postcode lies: its authority and its ward, from the ONS Postcode Directory (P16)."""
