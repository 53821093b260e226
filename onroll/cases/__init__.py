"""The register and the casework."""
