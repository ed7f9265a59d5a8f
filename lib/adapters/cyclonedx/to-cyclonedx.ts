/**
 * An inventory as CycloneDX 1.6 (JSON), for others to read.
 *
 * The same inventory gives the same bytes: nothing is random, and the only instant is the image's
 * own. What CycloneDX has no member for is a property, named `cavendish:…` (docs/scanner.md).
 */
import { ComponentType } from '@cyclonedx/cyclonedx-library/Enums';
import { Bom, Component, ComponentRepository, Metadata, Tools } from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneDxJson } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';

import { type Inventory, isOfDistribution, type Package } from '../../core/sbom/inventory.ts';
import { gapProperties, imageComponent, operatingSystem, packageComponent } from './components.ts';

export interface CycloneDxOptions {
  /** What people call the image. */
  readonly reference: string;
}

/** The document, as indented text. */
export function toCycloneDx(inventory: Inventory, { reference }: CycloneDxOptions): string {
  const image = imageComponent(inventory, reference);
  const packages = packagesIn(inventory);
  const system = inventory.distribution === null ? null : operatingSystem(inventory.distribution);

  // The image rests on its operating system, and that on its packages; on those of languages by itself.
  if (system !== null) image.dependencies.add(system.bomRef);
  for (const { of, component } of packages) {
    const base = system !== null && isOfDistribution(of.type) ? system : image;
    base.dependencies.add(component.bomRef);
  }
  const components = packages.map(({ component }) => component);

  const bom = new Bom({
    metadata: new Metadata({
      component: image,
      tools: new Tools({ components: new ComponentRepository([scanner(inventory)]) }),
      properties: gapProperties(inventory.gaps),
      ...(inventory.created !== null && { timestamp: new Date(inventory.created) }),
    }),
    components: new ComponentRepository(system === null ? components : [system, ...components]),
  });
  const document = new CycloneDxJson.Normalize.Factory(Spec1dot6).makeForBom().normalize(bom, { sortLists: true });
  return JSON.stringify({ ...document, ...completeness(inventory) }, null, 2);
}

/** A package is referred to by its purl; those who share one, as npm's of another case do, by it and a number. */
function packagesIn({ packages, owned = [] }: Inventory): readonly { of: Package; component: Component }[] {
  const seen = new Map<string, number>();
  const byOwner = Map.groupBy(owned, ({ owner }) => owner);
  return packages.map((of) => {
    const count = (seen.get(of.purl) ?? 0) + 1;
    seen.set(of.purl, count);
    const reference = count === 1 ? of.purl : `${of.purl} ${String(count)}`;
    return { of, component: packageComponent(of, reference, byOwner.get(of.purl) ?? []) };
  });
}

function scanner({ scanner: { name, version } }: Inventory): Component {
  return new Component(ComponentType.Application, name, { version });
}

/**
 * Gaps make the list of components incomplete. Without any nothing is claimed: what the scanner
 * does not notice (docs/scanner.md) may still be there. The library has no model of compositions.
 */
function completeness({ gaps, image }: Inventory): object {
  return gaps.length === 0 ? {} : { compositions: [{ aggregate: 'incomplete', assemblies: [image] }] };
}
