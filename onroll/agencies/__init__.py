"""Partner agencies: whom to tell and how, and the codes by which their people may ask us."""
