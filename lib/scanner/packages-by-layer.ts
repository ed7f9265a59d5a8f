/**
 * From which layer on a package is there, unbroken.
 *
 * Package databases are rewritten whole by each layer that touches them, so "who wrote the file"
 * says nothing: the states of the database after each layer are compared. An upgrade and a
 * downgrade back break the run.
 */
import type { Digest } from '../core/image/digest.ts';
import type { CataloguedPackage } from './catalogers/cataloger.ts';

type Identity = Pick<CataloguedPackage, 'type' | 'name' | 'architecture' | 'version'>;

export interface PackageRuns {
  /** Takes the packages that are there when a layer is on; layers that change nothing may be left out. */
  layer(diffId: Digest, packages: readonly Identity[]): void;
  /** The first layer of the run that goes on to the last, of a package that is there. */
  since(one: Identity): Digest;
}

export function followPackages(): PackageRuns {
  let runs: ReadonlyMap<string, Digest> = new Map();
  return {
    layer(diffId, packages) {
      const before = runs;
      runs = new Map(packages.map(identityOf).map((one) => [one, before.get(one) ?? diffId]));
    },
    since(one) {
      const layer = runs.get(identityOf(one));
      if (layer === undefined) throw new Error(`${one.name} is in no layer: it was not followed`);
      return layer;
    },
  };
}

/** Two packages with the same identity are one, wherever they are written down. */
export function identityOf({ type, name, architecture, version }: Identity): string {
  return JSON.stringify([type, name, architecture, version]);
}
