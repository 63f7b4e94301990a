"""Ariane; and what each of its processes needs before any other import."""

import os

# numpy would start a thread for each core for its linear algebra, which waits by spinning
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
