"""What a measurement ran on, in words."""

import platform
import re
from pathlib import Path


def machine():
    """The processor and how wide its vectors are, where the system tells."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    name = re.search(r"^model name\s*: (.*)$", told, re.MULTILINE)
    widest = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if re.search(rf"\b{flag}\b", told)), None)
    return " with ".join(filter(None, (name.group(1) if name else platform.machine(), widest)))
