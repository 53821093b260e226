"""One child, or the children of one file, against candidates from the database, with reasons."""
