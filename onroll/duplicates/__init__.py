"""Two records of one child: proposed, agreed, told apart, parted again."""
