"""What learners type, read without any rule."""
