"""A made-up borough, and the files its schools would send. No person or school in it is real."""
