"""Pages and screens of the training room."""
