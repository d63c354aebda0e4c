"""What Maven Central asks of a release (https://central.sonatype.org/publish/requirements/), and what its users may ask.

Each check gives the words for its line, or raises a Problem that says what is wrong and what to do. None of them starts
anything: what they look at is handed to them.
"""

import hashlib
import io
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass

from lab import Problem

NAME = "cnnkit"
FOLDER = "io/github/cnnkit/cnnkit"
PARTS = (".jar", "-sources.jar", "-javadoc.jar", ".pom", "-cyclonedx.json", "-cyclonedx.xml")
SUMS = ("md5", "sha1", "sha256", "sha512")  # Central asks for the first two, and takes all four

# What a POM must say, by Central's rules.
METADATA = (
    *("name", "description", "url", "licenses/license/name", "licenses/license/url", "developers/developer/name"),
    *("developers/developer/organization", "scm/connection", "scm/developerConnection", "scm/url"),
)

# Licences that ask for no more than their text beside a copy. Another one is for a person to think about first.
ALLOWED = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Unicode-3.0"}
# What the SBOM says of a group, where a POM's words were no licence's name, or CycloneDX took them for another one; and what
# the library's own licence file says. The SBOM itself keeps its words: CycloneDX cannot be told better.
CORRECTIONS = {
    ("com.ibm.icu", "Unicode/ICU License"): "Unicode-3.0",
    ("com.twelvemonkeys", "BSD-4-Clause"): "BSD-3-Clause",  # its POM says "The BSD License", its licence has three clauses
}


# ---- What stands in the repository -----------------------------------------------------------------------------------


def version_of(pom):
    """The version in the text of a POM."""
    return ElementTree.fromstring(pom).findtext("{*}version")


def releases_in(changelog):
    """Version and day of each entry, the newest first."""
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)


def check_changelog(changelog, version):
    form = f'begin it with "## [{version}] - YYYY-MM-DD" and say what it brings'
    releases = releases_in(changelog)
    if version not in dict(releases):
        raise Problem(f"CHANGELOG.md has no entry of {version}: {form}")
    if releases[0][0] != version:
        raise Problem(f"CHANGELOG.md has {releases[0][0]} above {version}: the newest stands first; or raise the version")
    entry = re.split(r"^## .*\n", changelog[changelog.index(f"## [{version}]") :], flags=re.MULTILINE)[1]
    if not re.search(r"^- \S", entry, re.MULTILINE):
        raise Problem(f"CHANGELOG.md says nothing of {version}: {form}")
    return f"has an entry of {version}, of {dict(releases)[version]}"


def last_release(changelog, version):
    """The release before this version; None if this is the first."""
    older = [other for other, _ in releases_in(changelog) if numbers(other) < numbers(version)]
    return max(older, key=numbers, default=None)


def numbers(version):
    return tuple(map(int, version.split(".")))


def check_version(version, places):
    """Places are texts by name, each with a <version> that must be this one: POMs, and pages that show how to ask for it."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Problem(f"{version} is no version to release: write three numbers, such as 1.0.0, into pom.xml")
    for name, text in places.items():
        said = re.search(rf"<artifactId>{NAME}(?:-\w+)?</artifactId>\s*<version>(.*?)</version>", text)
        if not said or said[1] != version:
            raise Problem(f"{name} says {said[1] if said else 'no version'}, pom.xml says {version}: write {version} there")
    return f"{version}, in pom.xml and in {', '.join(places)}"


# ---- The bundle --------------------------------------------------------------------------------------------------------


@dataclass
class Bundle:
    """What would be uploaded: the files of the zip by their names in it."""

    version: str
    files: dict

    @classmethod
    def read(cls, version, path):
        return cls(version, entries(path.read_bytes()))

    @property
    def start(self):
        return f"{FOLDER}/{self.version}/{NAME}-{self.version}"

    def part(self, ending):
        """The bytes of .jar, -sources.jar, ..."""
        if self.start + ending not in self.files:
            raise Problem(f"the bundle has no {NAME}-{self.version}{ending}: look at the profile release of pom.xml")
        return self.files[self.start + ending]

    def payload(self):
        """All but signatures and sums, which belong to a file each."""
        return {name: data for name, data in self.files.items() if not name.endswith((".asc", *("." + each for each in SUMS)))}

    def sbom(self):
        return json.loads(self.part("-cyclonedx.json"))


def entries(data):
    """The files in a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


def check_layout(bundle):
    for ending in PARTS:
        bundle.part(ending)
    for name in bundle.files:
        if not name.startswith((bundle.start + ".", bundle.start + "-")):
            raise Problem(f"the bundle has {name}, which does not begin with {bundle.start}: Central would refuse it")
    return f"{len(bundle.payload())} files in {FOLDER}/{bundle.version}, with sources and Javadoc"


def check_jars(bundle, licence):
    """A class for each source and a source for each class; a page for each package; the licence in what is run."""
    jar, sources, pages = (entries(bundle.part(ending)) for ending in (".jar", "-sources.jar", "-javadoc.jar"))
    compiled = {name[:-6] for name in jar if name.endswith(".class") and "$" not in name} - {"module-info"}
    written = {name[:-5] for name in sources if name.endswith(".java")} - {"module-info"}
    without = {name for name in compiled ^ written if not name.endswith("/package-info")}
    if without or not compiled:
        raise Problem(f"jar and sources do not fit together: {', '.join(sorted(without)[:3]) or 'no class'} is in one of them only")
    packages = {name.rpartition("/")[0] for name in written}
    for page in ("index.html", *sorted(f"{package}/package-summary.html" for package in packages)):
        if page not in pages:
            raise Problem(f"the Javadoc has no {page}: look at maven-javadoc-plugin in pom.xml")
    if jar.get("META-INF/LICENSE") != licence:
        raise Problem("the jar does not hold the text of LICENSE as META-INF/LICENSE: look at the resources in pom.xml")
    return f"{len(compiled)} classes with their sources, {len(packages)} packages with Javadoc, the licence"


def check_pom(bundle):
    pom = ElementTree.fromstring(bundle.part(".pom"))
    missing = [path for path in METADATA if not (pom.findtext("{*}" + path.replace("/", "/{*}")) or "").strip()]
    if missing:
        raise Problem(f"pom.xml does not say {', '.join(missing)}: Central asks for it")
    if pom.findtext("{*}version") != bundle.version:
        raise Problem(f"the POM in the bundle is of {pom.findtext('{*}version')}, not of {bundle.version}: build it again")
    for dependency in pom.iterfind("{*}dependencies/{*}dependency"):
        if (dependency.findtext("{*}version") or "").endswith("-SNAPSHOT"):
            raise Problem(f"{dependency.findtext('{*}artifactId')} is a snapshot: a release may depend on releases only")
    return f"says all {len(METADATA)} things that Central asks for"


def check_signatures(bundle, verifies):
    """Verifies takes a file and its signature, both as bytes."""
    for name, data in bundle.payload().items():
        if name + ".asc" not in bundle.files:
            raise Problem(f"{name} is not signed: look at maven-gpg-plugin in pom.xml")
        if not verifies(data, bundle.files[name + ".asc"]):
            raise Problem(f"the signature of {name} is not that of this file by our key: build it again")
    return f"of {len(bundle.payload())} files by a throwaway key are good"


def check_sums(bundle):
    for name, data in bundle.payload().items():
        for kind in SUMS:
            said = bundle.files.get(f"{name}.{kind}", b"").decode("ascii", "replace").strip()
            if said != hashlib.new(kind, data).hexdigest():
                raise Problem(f"{name}.{kind} is {'wrong' if said else 'missing'}: look at central-publishing-maven-plugin in pom.xml")
    return f"{', '.join(SUMS)} of each file"


def check_same(first, second):
    """Files by name, from one build and from another."""
    other = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    if other:
        where = difference(first.get(other[0]), second.get(other[0]))
        raise Problem(f"{', '.join(other)} came out otherwise when built again: {where}; what is made there depends on place or time")
    return f"{len(first)} files, byte for byte, when built elsewhere, at another time and in another language"


def difference(first, second):
    """Where two files differ: of zips, the first entry that does."""
    if first is None or second is None:
        return "only one build made it"
    if not all(data.startswith(b"PK") for data in (first, second)):
        return f"at byte {next((i for i, (a, b) in enumerate(zip(first, second)) if a != b), min(len(first), len(second)))}"
    one, other = entries(first), entries(second)
    for name in [*one, *other]:
        if one.get(name) != other.get(name):
            return f"see {name} in it"
    return "its entries have other times, another order or other attributes"


# ---- What the library needs at run time ---------------------------------------------------------------------------------


def check_sbom(bundle, jars):
    """Jars are the sums (SHA-256) of the libraries, by file name."""
    sbom = bundle.sbom()
    if sbom["metadata"]["component"].get("version") != bundle.version:
        raise Problem(f"the SBOM is not of {NAME} {bundle.version}: build it again")
    listed = {each["content"] for part in sbom["components"] for each in part.get("hashes", ()) if each["alg"] == "SHA-256"}
    missing = sorted(name for name, sum_of_jar in jars.items() if sum_of_jar not in listed)
    if missing or not jars:
        raise Problem(f"the SBOM lacks {', '.join(missing) or 'all libraries'}: look at cyclonedx-maven-plugin in pom.xml")
    return f"lists all {len(jars)} libraries that are there at run time, by their SHA-256"


@dataclass(frozen=True, order=True)
class Library:
    """A library that comes with the kit, and its licence by its SPDX name."""

    licence: str
    name: str
    version: str


def libraries_in(sbom):
    """All of them with a licence that is allowed; where there is a choice of licences, the first of those."""
    return sorted(Library(licence_of(part), f"{part['group']}:{part['name']}", part["version"]) for part in sbom["components"])


def licence_of(part):
    name = f"{part['group']}:{part['name']}:{part['version']}"
    said = [word for entry in part.get("licenses", ()) for word in words_of(entry)]
    if not said:
        raise Problem(f"{name} does not say its licence: find it out, and give it a line in tools/release_checks.py, or do without")
    for word in said:
        if corrected(part["group"], word) in ALLOWED:
            return corrected(part["group"], word)
    raise Problem(
        f"{name} has the licence {' or '.join(said)}, which is none of {', '.join(sorted(ALLOWED))}: think about it, then allow"
        " it in tools/release_checks.py, or do without the library"
    )


def words_of(entry):
    """The licences of which one may choose: an id, a name, or an expression. An AND in it stays, and is allowed by nobody."""
    if "expression" in entry:
        return entry["expression"].strip("()").split(" OR ")
    return [entry["license"].get("id") or entry["license"].get("name") or "without a name"]


def corrected(group, word):
    for (start, said), right in CORRECTIONS.items():
        if word == said and (group + ".").startswith(start + "."):
            return right
    return word


def third_party(libraries):
    """The text of THIRD-PARTY.md."""
    lines = [f"| {each.name} | {each.version} | {each.licence} |" for each in libraries]
    return (
        "# Libraries of others\n\n"
        "What `cnnkit` needs at run time, fetched by Maven beside its jar; nothing of it is in this repository or in the jar."
        " `python3 lab.py release --dry-run` compares this list with the one that Maven resolves.\n\n"
        "| library | version | licence |\n|---|---|---|\n" + "\n".join(lines) + "\n"
    )


def check_licences(libraries, kept, made):
    """Kept is the text of THIRD-PARTY.md as it stands; made says where a right one lies."""
    if kept != third_party(libraries):
        raise Problem(f"THIRD-PARTY.md does not list what Maven resolves: copy {made} over it")
    kinds = sorted({each.licence for each in libraries})
    return f"of {len(libraries)} libraries are known and allowed: {', '.join(kinds)}"
