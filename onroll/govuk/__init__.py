"""How pages look: parts, fields, forms and drawings of the design system."""
