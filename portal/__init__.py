"""Ariane; and what each of its processes asks of its libraries, before they are imported."""

import os

# numpy would start a thread for each core for its linear algebra, which waits by spinning
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# arrow's memory in large pages: a million lines touch a hundred thousand small ones
os.environ.setdefault("MIMALLOC_ALLOW_LARGE_OS_PAGES", "1")
# numpy's in small ones: a large one that was given back is slow to get again on a virtual machine
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
