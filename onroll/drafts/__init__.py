"""Forms that somebody has not finished: asked page by page, kept until they are sent."""
