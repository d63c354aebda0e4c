"""Rehearses a release to Maven Central: builds what would be uploaded, signs it with a throwaway key, and checks it all.

The bundle is made as for a real release, by the profile release of pom.xml: maven-gpg-plugin signs (in Java, with Bouncy
Castle), central-publishing-maven-plugin lays out, adds the sums and zips, and is told not to upload. Central's own look at
a bundle comes after an upload only, so what it asks for is checked here: tools/release_checks.py.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from lab import ROOT, TARGET, Problem, environment, find_java, maven, need_vectors, run_logged
from tools import release_checks as checks

OUT = TARGET / "release"
CHANGELOG = "CHANGELOG.md"
THIRD_PARTY = "THIRD-PARTY.md"
SAY_THE_VERSION = ("docs/using-the-jar.md", "docs/using-the-jar.zh.md", "src/bench/pom.xml")

# No tests and no look at the format: "lab.py test" does both, and so does the real release. Nothing goes to ~/.m2, where
# it would be taken for the release. No upload; and no server of this name is in anybody's settings.
REHEARSED = ("-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "-Dmaven.install.skip=true")
NO_UPLOAD = ("-DskipUpload=true", "-DpublishingServerId=none-for-a-rehearsal")
# As far from home as a build can be.
ELSEWHERE = "-Duser.timezone=Pacific/Kiritimati -Duser.language=zh -Duser.country=CN"
# The jar, compared with the last release: nothing else of the build is done again.
COMPARED = tuple(f"-D{skipped}.skip=true" for skipped in ("mdep", "maven.javadoc", "maven.source", "cyclonedx", "gpg"))

# What the build leaves in target, by its ending in the bundle.
BUILT = {
    ".jar": "jars/cnnkit.jar",
    "-sources.jar": "cnnkit-sources.jar",
    "-javadoc.jar": "cnnkit-javadoc.jar",
    "-cyclonedx.json": "bom.json",
    "-cyclonedx.xml": "bom.xml",
}

REAL = """\
This releases nothing. A real release of cnnkit {version} needs, once:
  - the namespace io.github.cnnkit, shown to central.sonatype.com to be yours (who owns github.com/cnnkit can do that);
  - a token of central.sonatype.com, in your Maven settings as the server "central";
  - a key to sign with, whose public half is on a key server that Central knows (gpg --keyserver keyserver.ubuntu.com --send-keys KEY).
Then, each time:
  - python3 lab.py release --dry-run and python3 lab.py test, both without a fault, and all committed;
  - the key and its passphrase in MAVEN_GPG_KEY (as gpg --armor --export-secret-keys KEY prints it) and MAVEN_GPG_PASSPHRASE;
  - in a fresh clone: ./mvnw -Prelease{compared} deploy
    which tests, signs and uploads, but publishes nothing: look at central.sonatype.com/publishing/deployments, and press
    Publish there. What is published stays for ever, and can be neither changed nor taken back;
  - git tag -s v{version} && git push origin v{version}, and the next version in pom.xml."""


def add_options(parser):
    parser.add_argument("--dry-run", action="store_true", help="build and check all that would be uploaded (else: say what a release needs)")


def run(options):
    version = checks.version_of(read("pom.xml"))
    if options.dry_run:
        return rehearse(version)
    last = checks.last_release(read(CHANGELOG), version)
    print(REAL.format(version=version, compared="".join(" " + option for option in comparing(last)) if last else ""))
    return 0


def read(name):
    if not (ROOT / name).is_file():
        raise Problem(f"there is no {name}: git checkout {name} brings it back")
    return (ROOT / name).read_text(encoding="utf-8")


@dataclass
class Report:
    """One line for each check, as the doctor writes them."""

    failed: int = 0

    def check(self, name, function, *arguments):
        try:
            print(f"ok    {name:12} {function(*arguments)}", flush=True)
            return True
        except Problem as problem:
            self.failed += 1
            print(f"MEND  {name:12} {problem}", flush=True)
            return False


def rehearse(version):
    java = find_java()
    need_vectors(java, "a release holds the engine's part with vectors")
    report = Report()
    shutil.rmtree(OUT, ignore_errors=True)
    report.check("changelog", checks.check_changelog, read(CHANGELOG), version)
    report.check("version", checks.check_version, version, {name: read(name) for name in SAY_THE_VERSION})
    first, second = OUT / "first", OUT / "the second one"  # of another length, and with spaces
    with throwaway_key() as key:
        if report.check("build", build_twice, java, key, first, second):
            look_at(report, java, key, version, first, second)
    if report.failed:
        print(f"{report.failed} to mend before {version} can be released; what was built is in {OUT}")
        return 1
    shutil.rmtree(first)
    shutil.rmtree(second)
    print(f"Central would take {OUT / bundle_name(version)}; the tests are no part of this: python3 lab.py test")
    return 0


def look_at(report, java, key, version, first, second):
    """All checks of what was built."""
    shutil.copy2(first / "target/central-publishing" / bundle_name(version), OUT)
    bundle = checks.Bundle.read(version, OUT / bundle_name(version))
    report.check("layout", checks.check_layout, bundle)
    report.check("jars", checks.check_jars, bundle, (ROOT / "LICENSE").read_bytes())
    report.check("pom", checks.check_pom, bundle)
    report.check("signatures", checks.check_signatures, bundle, key.verifies)
    report.check("sums", checks.check_sums, bundle)
    report.check("reproducible", same_again, bundle, second)
    report.check("sbom", checks.check_sbom, bundle, sums_of(first / "target" / "jars"))
    report.check("licences", licences, bundle)
    report.check("compatible", compatible, java, first, checks.last_release(read(CHANGELOG), version), version)


def bundle_name(version):
    return f"cnnkit-{version}-bundle.zip"


# ---- Building -----------------------------------------------------------------------------------------------------------


def build_twice(java, key, first, second):
    """Once as for Central, once elsewhere to compare."""
    begun = time.monotonic()
    told = copy_tracked(first)
    copy_tracked(second)
    print("building it twice, with Javadoc (a minute or two; the first time Maven fetches more)", flush=True)
    signing = {name: text for name, text in environment(java).items() if not name.startswith("MAVEN_GPG_")}
    build(first, "deploy", NO_UPLOAD, "once", {**signing, "MAVEN_GPG_KEY": key.secret()})
    elsewhere = " ".join(filter(None, (os.environ.get("JAVA_TOOL_OPTIONS"), ELSEWHERE)))
    build(second, "package", (), "twice", {**environment(java), "JAVA_TOOL_OPTIONS": elsewhere})
    return f"{told}; twice in {time.monotonic() - begun:.0f} s, with Java {java.version}"


def build(folder, phase, options, how_often, environ):
    run_logged(
        [*maven(), "-f", folder / "pom.xml", "-Prelease", *REHEARSED, *options, phase],
        f"Maven could not build the release {how_often}",
        "mend that; if it is about a connection, check the network",
        environ,
    )


def copy_tracked(folder):
    """The files that git knows, as they are now: what nobody has added is missing here as it would be in a clone."""
    names = git("ls-files", "-z").split("\0")
    changed = git("status", "--porcelain", "--untracked-files=no").splitlines()
    copied = 0
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
            copied += 1
    return f"from {copied} files that git knows" + (f", {len(changed)} of them not committed" if changed else "")


def git(*arguments):
    mend = "a release is built from what git knows: install git, and clone the repository with it"
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except OSError as error:
        raise Problem(f"git does not start ({error}): {mend}") from None
    if done.returncode:
        raise Problem(f"git {arguments[0]} fails ({done.stderr.strip()}): {mend}")
    return done.stdout


# ---- The key --------------------------------------------------------------------------------------------------------------


@dataclass
class Key:
    """A key in a GnuPG home of its own."""

    home: Path

    def gpg(self, *arguments):
        command = ["gpg", "--homedir", self.home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, errors="replace")

    def secret(self):
        return self.gpg("--armor", "--export-secret-keys").stdout

    def verifies(self, data, signature):
        """Whether it is this key's signature of these bytes; the home knows no other key."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "data").write_bytes(data)
            (Path(folder) / "data.asc").write_bytes(signature)
            return self.gpg("--verify", Path(folder) / "data.asc", Path(folder) / "data").returncode == 0


@contextlib.contextmanager
def throwaway_key():
    """Nobody's key, for a day, gone at the end. Only the rehearsal needs gpg: to make the key, and as a second opinion."""
    if not shutil.which("gpg"):
        raise Problem("the rehearsal makes a throwaway key with gpg, which is not here: install GnuPG (Debian, Ubuntu: apt install gnupg)")
    with tempfile.TemporaryDirectory(prefix="cnnkit-key-", ignore_cleanup_errors=True) as home:
        key = Key(Path(home))
        try:
            made = key.gpg("--quick-generate-key", "rehearsal of a release", "rsa3072", "sign", "1d")
            if made.returncode:
                raise Problem(f"gpg could not make a throwaway key: {made.stderr.strip().splitlines()[-1:]}; see gpg --version")
            yield key
        finally:
            subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], capture_output=True)  # its agent


# ---- Checks that need more than the bundle --------------------------------------------------------------------------------


def same_again(bundle, second):
    again = {"cnnkit" + ending: (second / "target" / name).read_bytes() for ending, name in BUILT.items()}
    return checks.check_same({"cnnkit" + ending: bundle.part(ending) for ending in BUILT}, again)


def sums_of(folder):
    """The libraries that lie beside our jar, each with its SHA-256."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.jar") if file.name != "cnnkit.jar"}


def licences(bundle):
    libraries = checks.libraries_in(bundle.sbom())
    made = OUT / THIRD_PARTY
    made.write_text(checks.third_party(libraries), encoding="utf-8", newline="\n")
    return checks.check_licences(libraries, read(THIRD_PARTY), made)


def comparing(last):
    return ["-Djapicmp.skip=false", f"-Drelease.last={last}"]


def compatible(java, folder, last, version, *options):
    """Has japicmp compare a folder that was built with the last release, which Maven finds; options are for Maven."""
    if last is None:
        return f"{version} is the first: nothing to compare"
    if version.split(".")[0] != last.split(".")[0]:
        return f"{version} may break what {last} promised: not compared"
    run_logged(
        [*maven(), "-f", folder / "pom.xml", "-Prelease", *REHEARSED, *COMPARED, *comparing(last), *options, "verify"],
        f"{version} does not fit in place of {last}",
        f"put back what is gone, or raise the first number of the version; if {last} is not found, ./mvnw install at its tag",
        environment(java),
    )
    return f"whoever was compiled with {last} runs with {version}"
