/** The parts of an inventory as components of CycloneDX. */
import { ComponentType } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Component,
  LicenseExpression,
  LicenseRepository,
  NamedLicense,
  Property,
  PropertyRepository,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { fixupSpdxId, isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';

import type { Gap } from '../../core/sbom/gap.ts';
import type { Distribution, Inventory, OwnedPackage, Package } from '../../core/sbom/inventory.ts';
import { namespaceOf, packageUrl } from '../../core/sbom/purl.ts';

export function imageComponent({ image, layers }: Inventory, reference: string): Component {
  const made = layers.flatMap(({ diffId, digest, createdBy }, at): [string, string | null][] => [
    [`layer:${at + 1}:diffId`, diffId],
    [`layer:${at + 1}:digest`, digest],
    [`layer:${at + 1}:createdBy`, createdBy],
  ]);
  return new Component(ComponentType.Container, reference, {
    bomRef: image,
    version: image,
    properties: propertiesOf(made),
  });
}

export function operatingSystem({ id, versionId, codename, name }: Distribution): Component {
  return new Component(ComponentType.OperatingSystem, id, {
    bomRef: `os:${id}@${versionId ?? ''}`,
    description: name,
    ...(versionId !== null && { version: versionId }),
    properties: propertiesOf([['distribution:codename', codename]]),
  });
}

/**
 * @param reference - its name in the document
 * @param owned - packages of languages whose files it owns
 */
export function packageComponent(one: Package, reference: string, owned: readonly OwnedPackage[]): Component {
  const { type, name, version, purl, source, architecture, ecosystem, layer, path, foundBy, licences = [] } = one;
  const group = type === 'golang' ? null : namespaceOf(one);
  return new Component(componentType(one), group === null ? name : name.slice(group.length + 1), {
    bomRef: reference,
    ...(group !== null && { group }),
    version,
    purl,
    licenses: licencesOf(licences),
    properties: propertiesOf([
      ['package:architecture', architecture],
      ['package:ecosystem', ecosystem],
      ['package:foundBy', foundBy],
      ['package:layer', layer],
      ...owned.map((inside) => ['package:owns', `${ownedUrl(inside)} in ${inside.path}`] as const),
      ['package:path', path],
      ['package:source:name', source.name],
      ['package:source:version', source.version],
    ]),
  });
}

function componentType({ type }: Package): ComponentType {
  return type === 'generic' ? ComponentType.Platform : ComponentType.Library;
}

/** CycloneDX has one expression for all, or a list of licences. */
function licencesOf(stated: readonly string[]): LicenseRepository {
  const [first = '', ...more] = stated;
  return new LicenseRepository(
    more.length === 0 && isExpression(first) ? [new LicenseExpression(first)] : stated.map(licence),
  );
}

/** True of an expression of SPDX identifiers without parentheses: `MIT AND GPL-2.0-only WITH Classpath-exception-2.0`. */
function isExpression(text: string): boolean {
  const terms = text.split(/ (?:AND|OR) /u).map((term) => term.split(' WITH '));
  const isWhole = terms.every(
    ([id, exception = 'x', ...rest]) => isSupportedSpdxId(id) && /^[\w.-]+$/u.test(exception) && rest.length === 0,
  );
  return isWhole && text.includes(' ');
}

/** By its identifier in the SPDX list where it has one, else in the words of who stated it. */
function licence(stated: string): SpdxLicense | NamedLicense {
  const id = fixupSpdxId(stated);
  return id === undefined ? new NamedLicense(stated) : new SpdxLicense(id);
}

function ownedUrl({ type, name, version }: OwnedPackage): string {
  return packageUrl({ type, name, version, architecture: null }, null);
}

/** `cavendish:gap:unread-ecosystem` = `npm: Packages of npm are present and …` */
export function gapProperties(gaps: readonly Gap[]): PropertyRepository {
  return propertiesOf(gaps.map(({ kind, subject, message }) => [`gap:${kind}`, `${subject}: ${message}`]));
}

/** Properties of Cavendish; those without a value are left out. */
function propertiesOf(values: readonly (readonly [string, string | null])[]): PropertyRepository {
  return new PropertyRepository(
    values.flatMap(([name, value]) => (value === null ? [] : [new Property(`cavendish:${name}`, value)])),
  );
}
