"""The rehearsal of a release: whatever Central or a user of the library would miss is found, each by a check of its own."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest
from support import ROOT, lab

sys.path.append(str(ROOT))

import lab as lab_module
from tools import release, release_checks
from tools.release_checks import Bundle, Library

needs_gpg = pytest.mark.skipif(not shutil.which("gpg"), reason="no gpg")
LICENCE = b"MIT License\n"
POM = (ROOT / "pom.xml").read_text(encoding="utf-8")
VERSION = release_checks.version_of(POM)
START = "io/github/cnnkit/cnnkit/1.0.0/cnnkit-1.0.0"


def refused(words):
    return pytest.raises(lab_module.Problem, match=words)


def zipped_by_name(files, day=1):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in files.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, day, 0, 0, 0)), text)
    return data.getvalue()


def part(name="xchart", group="org.knowm.xchart", jar=b"its jar", licences=({"license": {"id": "Apache-2.0"}},)):
    """A library as it stands in an SBOM."""
    sums = [{"alg": "SHA-256", "content": hashlib.sha256(jar).hexdigest()}]
    return {"group": group, "name": name, "version": "4", "hashes": sums, "licenses": list(licences)}


def sbom(*parts):
    return {"metadata": {"component": {"version": "1.0.0"}}, "components": parts}


def bundle(without=(), **others):
    """A bundle with all that belongs to it, with sums and something like signatures, but smaller; others replace parts."""
    parts = {
        ".jar": zipped_by_name({"a/B.class": "", "a/B$C.class": "", "META-INF/LICENSE": LICENCE}),
        "-sources.jar": zipped_by_name({"a/B.java": "", "a/package-info.java": ""}),
        "-javadoc.jar": zipped_by_name({"index.html": "", "a/package-summary.html": ""}),
        ".pom": POM.replace(f"<version>{VERSION}</version>", "<version>1.0.0</version>", 1).encode(),
        "-cyclonedx.json": json.dumps(sbom(part())).encode(),
        "-cyclonedx.xml": b"<bom/>",
    }
    parts.update({{"jar": ".jar", "pom": ".pom"}.get(name, f"-{name}.jar"): data for name, data in others.items()})
    files = {START + ending: data for ending, data in parts.items() if ending not in without}
    signatures = {name + ".asc": b"signed " + data for name, data in files.items()}
    sums = {f"{name}.{kind}": hashlib.new(kind, data).hexdigest().encode() for name, data in files.items() for kind in release_checks.SUMS}
    return Bundle("1.0.0", {**files, **signatures, **sums})


# ---- What stands in the repository ---------------------------------------------------------------------------------------


def test_this_version_has_an_entry_in_the_changelog_and_stands_wherever_a_reader_copies_it():
    release_checks.check_changelog(release.read("CHANGELOG.md"), VERSION)
    release_checks.check_version(VERSION, {name: release.read(name) for name in release.SAY_THE_VERSION})


def test_a_missing_or_empty_or_buried_entry_is_found():
    entry = "## [1.1.0] - 2027-01-02\n\n### Added\n\n- This.\n\n## [1.0.0] - 2026-11-26\n\n- That.\n"
    assert release_checks.check_changelog(entry, "1.1.0") == "has an entry of 1.1.0, of 2027-01-02"
    for changelog, version, words in (
        ("# Changelog\n", "1.0.0", r"no entry of 1\.0\.0"),
        (entry.replace(" - 2027-01-02", ""), "1.1.0", r"no entry of 1\.1\.0"),
        (entry.replace("- This.\n", ""), "1.1.0", r"says nothing of 1\.1\.0"),
        (entry, "1.0.0", r"has 1\.1\.0 above 1\.0\.0"),
    ):
        with refused(words):
            release_checks.check_changelog(changelog, version)


def test_the_last_release_is_the_newest_that_is_older():
    changelog = "".join(f"## [{version}] - 2027-01-01\n- x\n" for version in ("1.10.0", "1.9.1", "1.2.0"))
    assert release_checks.last_release(changelog, "1.10.0") == "1.9.1"
    assert release_checks.last_release(changelog, "1.11.0") == "1.10.0"
    assert release_checks.last_release(changelog, "1.2.0") is None


def test_a_place_that_says_another_version_is_named():
    said = "<artifactId>cnnkit</artifactId>\n  <version>{}</version>".format
    assert release_checks.check_version("1.0.0", {"README.md": said("1.0.0")})
    with refused(r"README\.md says 0\.1\.0, pom\.xml says 1\.0\.0"):
        release_checks.check_version("1.0.0", {"README.md": said("0.1.0")})
    with refused("README.md says no version"):
        release_checks.check_version("1.0.0", {"README.md": ""})
    with refused("no version to release"):
        release_checks.check_version("1.0.0-SNAPSHOT", {})


# ---- The bundle ----------------------------------------------------------------------------------------------------------


def test_a_whole_bundle_passes():
    whole = bundle()
    assert release_checks.check_layout(whole).startswith("6 files in io/github/cnnkit/cnnkit/1.0.0")
    assert release_checks.check_jars(whole, LICENCE) == "1 classes with their sources, 1 packages with Javadoc, the licence"
    assert release_checks.check_pom(whole)
    assert release_checks.check_sums(whole)
    assert release_checks.check_signatures(whole, lambda data, signature: signature == b"signed " + data)


@pytest.mark.parametrize("ending", release_checks.PARTS)
def test_a_bundle_without_one_of_its_parts_is_refused(ending):
    with refused(re.escape(f"no cnnkit-1.0.0{ending}:")):
        release_checks.check_layout(bundle(without=(ending,)))


def test_a_file_in_the_wrong_place_is_named():
    for stray in ("io/github/cnnkit/cnnkit/maven-metadata-central.xml", "io/github/cnnkit/cnnkit/1.0.0/other-1.0.0.jar"):
        astray = bundle()
        astray.files[stray] = b""
        with refused(re.escape(stray)):
            release_checks.check_layout(astray)


def test_classes_without_sources_and_sources_without_classes_are_named():
    with refused("a/B is in one of them only"):
        release_checks.check_jars(bundle(sources=zipped_by_name({"a/package-info.java": ""})), LICENCE)
    with refused("a/Vectors is in one of them only"):
        release_checks.check_jars(bundle(sources=zipped_by_name({"a/B.java": "", "a/Vectors.java": ""})), LICENCE)


def test_javadoc_that_is_not_there_and_another_licence_are_found():
    with refused("no index.html"):
        release_checks.check_jars(bundle(javadoc=zipped_by_name({"README.md": ""})), LICENCE)
    with refused("no a/package-summary.html"):
        release_checks.check_jars(bundle(javadoc=zipped_by_name({"index.html": ""})), LICENCE)
    with refused("META-INF/LICENSE"):
        release_checks.check_jars(bundle(), b"another licence")


@pytest.mark.parametrize(
    "path",
    [
        *("name", "description", "url", "licenses/license/name", "licenses/license/url", "developers/developer/name"),
        *("developers/developer/organization", "scm/connection", "scm/developerConnection", "scm/url"),
    ],
)
def test_whatever_is_missing_in_the_pom_is_named(path):
    pom = ElementTree.fromstring(bundle().part(".pom"))
    pom.find("{*}" + path.replace("/", "/{*}")).text = " "
    with refused(rf"does not say {path}:"):
        release_checks.check_pom(bundle(pom=ElementTree.tostring(pom)))


def test_snapshots_and_another_version_in_the_pom_are_found():
    with refused("of 2.0.0, not of 1.0.0"):
        release_checks.check_pom(bundle(pom=POM.replace(f"<version>{VERSION}</version>", "<version>2.0.0</version>", 1).encode()))
    snapshot = POM.replace(f"<version>{VERSION}</version>", "<version>1.0.0</version>", 1)
    snapshot = re.sub(r"(<artifactId>xchart</artifactId>\s*<version>)[^<]*", r"\g<1>4.1-SNAPSHOT", snapshot)
    with refused("xchart is a snapshot"):
        release_checks.check_pom(bundle(pom=snapshot.encode()))


@pytest.mark.parametrize("kind", release_checks.SUMS)
def test_a_wrong_sum_and_a_missing_one_are_found(kind):
    wrong = bundle()
    wrong.files[f"{START}.jar.{kind}"] = hashlib.new(kind, b"another jar").hexdigest().encode()
    with refused(rf"1\.0\.0\.jar\.{kind} is wrong"):
        release_checks.check_sums(wrong)
    del wrong.files[f"{START}.jar.{kind}"]
    with refused(rf"1\.0\.0\.jar\.{kind} is missing"):
        release_checks.check_sums(wrong)


def test_a_file_without_a_signature_is_named():
    unsigned = bundle()
    del unsigned.files[START + ".pom.asc"]
    with refused(r"cnnkit-1\.0\.0\.pom is not signed"):
        release_checks.check_signatures(unsigned, lambda data, signature: True)


@needs_gpg
def test_a_signature_of_another_file_or_by_another_key_or_of_nobody_is_refused(tmp_path):
    def signature(key, data):
        (tmp_path / "data").write_bytes(data)
        done = key.gpg("--yes", "--armor", "--output", tmp_path / "data.asc", "--detach-sign", tmp_path / "data")
        assert done.returncode == 0, done.stderr
        return (tmp_path / "data.asc").read_bytes()

    with release.throwaway_key() as key, release.throwaway_key() as other:
        assert "PRIVATE KEY BLOCK" in key.secret()
        signed = bundle()
        for name, data in signed.payload().items():
            signed.files[name + ".asc"] = signature(key, data)
        assert release_checks.check_signatures(signed, key.verifies) == "of 6 files by a throwaway key are good"
        for bad in (signature(key, b"another file"), signature(other, signed.part(".jar")), b"no signature"):
            signed.files[START + ".jar.asc"] = bad
            with refused(r"the signature of .*1\.0\.0\.jar is not that"):
                release_checks.check_signatures(signed, key.verifies)
    assert not key.home.exists() and not other.home.exists()


def test_of_two_builds_the_entry_that_differs_is_named():
    one = {".jar": zipped_by_name({"a": "1", "b": "2"}), "-cyclonedx.json": b"{}"}
    assert release_checks.check_same(one, dict(one)).startswith("2 files")
    for other, words in (
        (zipped_by_name({"a": "1", "b": "3"}), r"\.jar came out otherwise when built again: see b in it"),
        (zipped_by_name({"a": "1"}), "see b in it"),
        (zipped_by_name({"a": "1", "b": "2", "c": ""}), "see c in it"),
        (zipped_by_name({"a": "1", "b": "2"}, day=2), "its entries have other times"),
        (zipped_by_name({"b": "2", "a": "1"}), "another order"),
    ):
        with refused(words):
            release_checks.check_same(one, {**one, ".jar": other})
    with refused("json came out otherwise .*: at byte 1;"):
        release_checks.check_same(one, {**one, "-cyclonedx.json": b"{ }"})
    with refused("^-cyclonedx.json came .* only one build made it"):
        release_checks.check_same(one, {".jar": one[".jar"]})
    with refused("^-cyclonedx.json, .jar came"):
        release_checks.check_same(one, {})


# ---- Libraries -----------------------------------------------------------------------------------------------------------


def test_a_library_that_the_sbom_lacks_is_named_and_so_is_one_with_other_bytes():
    jars = {"xchart-4.jar": hashlib.sha256(b"its jar").hexdigest()}
    assert "all 1 libraries" in release_checks.check_sbom(bundle(), jars)
    with refused("lacks slf4j-2.jar"):
        release_checks.check_sbom(bundle(), {**jars, "slf4j-2.jar": hashlib.sha256(b"another").hexdigest()})
    with refused("lacks all libraries"):
        release_checks.check_sbom(bundle(), {})


def test_licences_are_known_and_allowed_or_the_library_is_named():
    def licence(*entries, group="g"):
        return release_checks.licence_of(part("x", group, licences=entries))

    assert licence({"license": {"id": "MIT"}}) == "MIT"
    assert licence({"license": {"id": "GPL-2.0"}}, {"license": {"id": "MIT"}}) == "MIT", "one may choose"
    assert licence({"expression": "(GPL-2.0 OR BSD-3-Clause)"}) == "BSD-3-Clause"
    for entries, words in (
        ((), "g:x:4 does not say its licence"),
        (({"license": {"id": "GPL-2.0"}},), r"g:x:4 has the licence GPL-2\.0, which is none of Apache-2\.0"),
        (({"license": {"name": "The BSD License"}},), "The BSD License"),
        (({"license": {"url": "https://example.org"}},), "without a name"),
        (({"expression": "MIT AND GPL-2.0"},), "MIT AND GPL-2.0"),
    ):
        with refused(words):
            licence(*entries)


def test_a_correction_is_for_its_group_and_for_what_it_said_only():
    four_clauses = {"license": {"id": "BSD-4-Clause"}}
    assert release_checks.licence_of(part("x", "com.twelvemonkeys.imageio", licences=[four_clauses])) == "BSD-3-Clause"
    for group in ("com.twelvemonkeysandmore", "org.other"):
        with refused("BSD-4-Clause"):
            release_checks.licence_of(part("x", group, licences=[four_clauses]))
    with refused("GPL-3.0"):
        release_checks.licence_of(part("x", "com.twelvemonkeys.imageio", licences=[{"license": {"id": "GPL-3.0"}}]))


def test_the_list_of_libraries_must_be_that_of_the_sbom(tmp_path):
    libraries = release_checks.libraries_in(sbom(part("b"), part("a", licences=[{"license": {"id": "MIT"}}])))
    assert libraries == [Library("Apache-2.0", "org.knowm.xchart:b", "4"), Library("MIT", "org.knowm.xchart:a", "4")]
    text = release_checks.third_party(libraries)
    assert release_checks.check_licences(libraries, text, tmp_path) == "of 2 libraries are known and allowed: Apache-2.0, MIT"
    with refused(f"copy {re.escape(str(tmp_path))} over it"):
        release_checks.check_licences(libraries, text.replace("| 4 |", "| 3 |"), tmp_path)


def test_the_list_in_the_repository_names_the_jars_that_notebooks_load():
    named = re.findall(r"^\| [\w.-]+:(\S+) \| (\S+) \|", release.read("THIRD-PARTY.md"), re.MULTILINE)
    assert lab("build").returncode == 0
    there = {file.name for file in (ROOT / "target" / "jars").glob("*.jar")}
    assert named and {f"{name}-{version}.jar" for name, version in named} <= there


# ---- The command ---------------------------------------------------------------------------------------------------------


def test_without_a_dry_run_it_says_what_a_release_needs_and_starts_nothing(tmp_path):
    done = lab("release", PATH=str(tmp_path), JAVA_HOME=None)
    assert done.returncode == 0, done.stderr
    for word in ("releases nothing", VERSION, "MAVEN_GPG_KEY", "MAVEN_GPG_PASSPHRASE", "token", '"central"', "-Prelease", "--dry-run"):
        assert word in done.stdout, word


def test_a_report_counts_what_fails_and_goes_on(capsys):
    def fails():
        raise lab_module.Problem("mend it so")

    report = release.Report()
    assert report.check("good", lambda word: word, "as it should be") and not report.check("bad", fails)
    assert report.failed == 1
    assert capsys.readouterr().out == "ok    good         as it should be\nMEND  bad          mend it so\n"


def test_what_git_does_not_know_is_not_released(tmp_path, monkeypatch):
    root = tmp_path / "kit"
    root.mkdir()
    monkeypatch.setattr(release, "ROOT", root)
    with refused("git ls-files fails"):
        release.copy_tracked(tmp_path / "copy")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    (root / "known").write_text("as committed", encoding="utf-8")
    (root / "forgotten").write_text("", encoding="utf-8")
    subprocess.run(["git", "add", "known"], cwd=root, check=True)
    (root / "known").write_text("as it is now", encoding="utf-8")
    assert release.copy_tracked(tmp_path / "copy") == "from 1 files that git knows, 1 of them not committed"
    assert [file.name for file in (tmp_path / "copy").iterdir()] == ["known"]
    assert (tmp_path / "copy" / "known").read_text(encoding="utf-8") == "as it is now"


def with_a_method_more(jar, classes, name):
    """Bytes of a jar in which a class has one more public method: as the last release had it."""
    source = (ROOT / "src/main/java" / f"{name}.java").read_text(encoding="utf-8")
    more = classes / "sources" / f"{name}.java"
    more.parent.mkdir(parents=True)
    more.write_text(re.sub(r"(public final class \w+ [^{]*\{)", r"\1\n    public void gone() {}\n", source, count=1), encoding="utf-8")
    javac = lab_module.find_java().tool("javac")
    done = subprocess.run([javac, "-proc:none", "-cp", jar, "-d", classes, more], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(jar) as file:
        files = {entry: file.read(entry) for entry in file.namelist()}
    return zipped_by_name({**files, f"{name}.class": (classes / f"{name}.class").read_bytes()})


@pytest.mark.nightly
def test_a_public_method_that_the_last_release_had_must_still_be_there(tmp_path):
    """1.0.1 against a 1.0.0 in a repository of its own, before the one that is there anyway: half a minute."""
    assert lab("build").returncode == 0
    assert release.compatible(None, None, None, "1.0.0") == "1.0.0 is the first: nothing to compare"
    assert release.compatible(None, None, "1.9.0", "2.0.0") == "2.0.0 may break what 1.9.0 promised: not compared"
    java, copy, jar = lab_module.find_java(), tmp_path / "copy", ROOT / "target/jars/cnnkit.jar"
    release.copy_tracked(copy)
    (copy / "pom.xml").write_text(POM.replace(f"<version>{VERSION}</version>", "<version>1.0.1</version>", 1), encoding="utf-8")
    last = tmp_path / "repository/io/github/cnnkit/cnnkit/1.0.0/cnnkit-1.0.0"
    last.parent.mkdir(parents=True)
    last.with_name(last.name + ".pom").write_text(POM, encoding="utf-8")
    repositories = [f"-Dmaven.repo.local={tmp_path / 'repository'}", f"-Dmaven.repo.local.tail={Path.home() / '.m2/repository'}"]

    def compared(jar_of_last):
        last.with_name(last.name + ".jar").write_bytes(jar_of_last)
        return release.compatible(java, copy, "1.0.0", "1.0.1", *repositories)

    with refused(r"ShapeException\.gone\(\):METHOD_REMOVED.*put back what is gone"):
        compared(with_a_method_more(jar, tmp_path / "open", "cnnkit/tensor/ShapeException"))
    hidden = with_a_method_more(jar, tmp_path / "hidden", "cnnkit/engine/Workers")
    assert compared(hidden) == "whoever was compiled with 1.0.0 runs with 1.0.1"


@needs_gpg
@pytest.mark.nightly
def test_the_rehearsal_finds_nothing_to_mend():
    """The whole of it, with two builds: a minute and a half."""
    done = lab("release", "--dry-run", timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "MEND" not in done.stdout
    assert re.findall(r"^ok    (\w+)", done.stdout, re.MULTILINE) == [
        *("changelog", "version", "build", "layout", "jars", "pom", "signatures", "sums", "reproducible", "sbom"),
        *("licences", "compatible"),
    ]
    assert [file.name for file in (ROOT / "target/release").glob("*.zip")] == [f"cnnkit-{VERSION}-bundle.zip"]
