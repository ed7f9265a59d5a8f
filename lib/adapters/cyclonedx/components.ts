/** The parts of an inventory as components of CycloneDX. */
import { ComponentType } from '@cyclonedx/cyclonedx-library/Enums';
import { Component, Property, PropertyRepository } from '@cyclonedx/cyclonedx-library/Models';

import type { Gap } from '../../core/sbom/gap.ts';
import type { Distribution, Inventory, Package } from '../../core/sbom/inventory.ts';

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

/** Its purl is its name in the document; packages of an inventory have one each. */
export function packageComponent(one: Package): Component {
  const { name, version, purl, source, architecture, ecosystem, layer, path, foundBy } = one;
  return new Component(ComponentType.Library, name, {
    bomRef: purl,
    version,
    purl,
    properties: propertiesOf([
      ['package:architecture', architecture],
      ['package:ecosystem', ecosystem],
      ['package:foundBy', foundBy],
      ['package:layer', layer],
      ['package:path', path],
      ['package:source:name', source.name],
      ['package:source:version', source.version],
    ]),
  });
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
