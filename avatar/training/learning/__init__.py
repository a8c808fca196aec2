"""What needs torch: the network as it learns, and the learning; itself imported lazily."""
