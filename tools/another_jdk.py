"""A copy of the sources in which another JDK builds, from nothing, so that the jars in target/ stay as they are."""

import shutil


def copy_for(java, root, target):
    """Copies what a build needs from the root of the kit; the folder lies in target."""
    folder = target / f"jdk-{java.version}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", "data", ".mvn", "notebooks/zh/messages"):
        shutil.copytree(root / name, folder / name)
    for name in ("pom.xml", "mvnw", "mvnw.cmd"):
        shutil.copy2(root / name, folder / name)
    return folder
