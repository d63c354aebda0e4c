"""The jar as a project elsewhere gets it: a Maven repository in which nothing is new but cnnkit."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from support import ROOT

sys.path.append(str(ROOT))

import lab

POM = "{http://maven.apache.org/POM/4.0.0}"
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Maven itself lives for seconds only


def pom(file=ROOT / "pom.xml"):
    return ElementTree.parse(file).getroot()


def version():
    """What this kit calls itself."""
    return pom().find(POM + "version").text


def environ(java=None, **more):
    """As a learner has it: no options of ours, nothing that makes Java print more than the program does."""
    ours = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CNNKIT_LANGUAGE", "CNNKIT_HOME", "CNNKIT_MNIST", "JJAVA_CLASSPATH"}
    of_java = lab.environment(java or lab.find_java())
    return {key: value for key, value in of_java.items() if key not in ours} | more


class Repository:
    """A repository of a test's own, holding what ./mvnw install puts there. All else Maven finds, as always, in the usual one,
    which is left as it is: that is what the tail is for."""

    def __init__(self, folder):
        self.folder = folder
        self.usual = usual_repository(folder.parent)
        place = folder / "io" / "github" / "cnnkit" / "cnnkit" / version()
        place.mkdir(parents=True)
        shutil.copy2(ROOT / "pom.xml", place / f"cnnkit-{version()}.pom")
        shutil.copy2(ROOT / "target" / "jars" / "cnnkit.jar", place / f"cnnkit-{version()}.jar")

    def maven(self, project, *arguments, **environment):
        """Runs Maven on a project as a learner without a network would; gives back what it did."""
        options = ["-o", f"-Dmaven.repo.local={self.folder}", f"-Dmaven.repo.local.tail={self.usual}"]
        return run_maven(project, *options, *arguments, **environment)


def run_maven(project, *arguments, **environment):
    more = {"MAVEN_OPTS": f"{os.environ.get('MAVEN_OPTS', '')} {QUICK_START}", "CNNKIT_LANGUAGE": "en"} | environment
    return subprocess.run(
        [*lab.maven(), *arguments], cwd=project, env=environ(**more), capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def usual_repository(folder):
    """Where this person's Maven keeps what it has fetched: only Maven knows."""
    project = folder / "asks"
    project.mkdir()
    (project / "pom.xml").write_text(
        "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>"
        "<packaging>pom</packaging></project>",
        encoding="utf-8",
    )
    said = run_maven(project, "-o", "-X", "validate").stdout
    return re.search(r"Using local repository at (.*)", said).group(1).strip()
