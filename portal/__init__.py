"""Ariane; and what each of its processes asks of its libraries, before they are imported."""

import os

# numpy would start a thread for each core for its linear algebra, which waits by spinning
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# and its memory, or arrow's, would be in large pages, slow to get again on a virtual machine
os.environ.setdefault("MIMALLOC_ALLOW_THP", "0")
