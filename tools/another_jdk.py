"""A copy of the sources in which another JDK builds, from nothing, so that the jars in target/ stay as they are."""

import shutil

from lab import ROOT, TARGET


def copy_for(java):
    """Another JDK builds in a copy, from nothing, so that the jars in target/ stay as they are."""
    folder = TARGET / f"jdk-{java.version}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", "data", ".mvn"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pom.xml", "mvnw", "mvnw.cmd"):
        shutil.copy2(ROOT / name, folder / name)
    return folder
