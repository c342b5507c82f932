"""What the product is made of, as a CycloneDX list (SBOM): every package of the lock file with its hashes and licence.

python -m tools.bill_of_materials [FILE]
"""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

LOCK = Path("requirements.lock")
MADE = Path("build/otklik.cdx.json")


class Locked(NamedTuple):
    """One package of a lock file; several files of it may be installed, each by its own hash."""

    name: str
    version: str
    hashes: tuple[str, ...]


def locked(text: str) -> Iterator[Locked]:
    """Read a lock file."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ")):
        found = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", entry)
        if found:
            yield Locked(found[1], found[2], tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)))


def bill(text: str) -> Bom:
    """List what a lock file names, below the product itself."""
    bom = Bom()
    product = metadata.metadata("otklik")
    whole = Component(
        name="otklik", version=product["Version"], type=ComponentType.APPLICATION, bom_ref="otklik",
        licenses=_licences("otklik"),
    )  # fmt: skip
    bom.metadata.component = whole
    for one in locked(text):
        part = Component(
            name=one.name, version=one.version, type=ComponentType.LIBRARY, licenses=_licences(one.name),
            bom_ref=f"{one.name}=={one.version}", purl=PackageURL("pypi", None, one.name, one.version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=value) for value in one.hashes],
        )  # fmt: skip
        bom.components.add(part)
        bom.register_dependency(whole, [part])
    return bom


def _licences(name: str) -> list:  # type: ignore[type-arg]
    """What the installed package says; nothing for what is made for another platform only."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    text = told.get("License-Expression") or (told.get("License") or "").partition("\n")[0].strip()
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License")
    ]
    said = text or " OR ".join(classifiers)
    acknowledged = LicenseAcknowledgement.DECLARED
    return [LicenseFactory().make_from_string(said, license_acknowledgement=acknowledged)] if said else []


def main() -> None:
    """Write the list."""
    made = Path(sys.argv[1]) if len(sys.argv) > 1 else MADE
    made.parent.mkdir(parents=True, exist_ok=True)
    bom = bill(LOCK.read_text("utf-8"))
    made.write_text(JsonV1Dot6(bom).output_as_string(indent=2) + "\n", "utf-8")
    print(f"{len(bom.components)} packages in {made}")


if __name__ == "__main__":
    main()
