"""What is shared about a child: requests to agencies, their replies, and the log of all sharing."""
