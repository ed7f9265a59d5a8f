/**
 * A family of images: a Debian, a python on it, two applications on that, and a child of one of them
 * that changes the configuration and no layer.
 */
import type { Base } from '../../lib/core/lineage/lineage.ts';
import { aDigest } from './assessments.ts';
import { dpkgStatus, osRelease } from './debian.ts';
import { type BuiltImage, type BuiltLayer, file, image, layer, type Packing } from './images.ts';

export const MEMBERS = ['debian', 'python', 'shop', 'desk', 'deskLabelled'] as const;
export type Member = (typeof MEMBERS)[number];
export type Family = Readonly<Record<Member, BuiltImage>>;

/** Paths and contents. */
type Files = readonly (readonly [string, string])[];

/** What each layer adds to the database of packages; all are built from `source` of the same name. */
const BASE = ['base-files', 'perl'];
const PYTHON = ['python3'];
const SHOP = ['nginx'];

/**
 * @param packings - how each member's layers are packed; diff IDs are the same, however that is
 * @param said - whether the child of the same layers names its base, as some builders do
 */
export async function aFamily(packings: Partial<Record<Member, Packing>> = {}, said = false): Promise<Family> {
  const packed = async (member: Member, ...contents: readonly Files[]): Promise<BuiltLayer[]> =>
    await Promise.all(
      contents.map((files) =>
        layer(
          files.map(([path, content]) => file(path, content)),
          packings[member] ?? 'gzip',
        ),
      ),
    );
  const debian = [...named('etc/os-release', osRelease()), ...database(BASE)];
  const python = database([...BASE, ...PYTHON]);
  const shop = [...database([...BASE, ...PYTHON, ...SHOP]), ...named('srv/shop.py', 'sell()')];
  const desk = named('srv/desk.py', 'answer()');
  const ofDesk = image(await packed('desk', debian, python, desk));
  return {
    debian: image(await packed('debian', debian)),
    python: image(await packed('python', debian, python)),
    shop: image(await packed('shop', debian, python, shop)),
    desk: ofDesk,
    deskLabelled: image(await packed('deskLabelled', debian, python, desk), {
      config: { config: { Labels: { version: '2' } } },
      ...(said && { base: { digest: ofDesk.manifest.digest } }),
    }),
  };
}

function database(names: readonly string[]): Files {
  return named('var/lib/dpkg/status', dpkgStatus(names.map((name) => ({ name, version: '1.0-1' }))));
}

function named(path: string, content: string): Files {
  return [[path, content]];
}

/** A base of one layer that nobody approved, of a public registry, and the newest. */
export function aBase(given: Partial<Base> = {}): Base {
  return {
    ...{ image: aDigest('base'), layers: 1, names: ['debian:12'], created: '2026-10-23T00:00:00.000Z' },
    ...{ own: false, approval: null, newest: null },
    ...given,
  };
}

/** A newer build of the family's Debian: of its packages only one is left, and one is new. */
export async function aNewer(): Promise<BuiltImage> {
  const files = [...named('etc/os-release', osRelease()), ...database(['base-files', 'zlib'])];
  const built = await layer(files.map(([path, content]) => file(path, content)));
  return image([built], { created: '2026-11-24T00:00:00.000Z' });
}

/** An image on another one, with a file of its own. */
export async function aChild({ layers }: BuiltImage): Promise<BuiltImage> {
  return image([...layers, await layer([file('srv/more.py', 'more()')])]);
}
