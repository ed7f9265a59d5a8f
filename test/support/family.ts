/**
 * A family of images: a Debian, a python on it, two applications on that, and a child of one of them
 * that changes the configuration and no layer.
 */
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

/** @param packings - how each member's layers are packed; diff IDs are the same, however that is */
export async function aFamily(packings: Partial<Record<Member, Packing>> = {}): Promise<Family> {
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
  const labelled = { config: { Labels: { version: '2' } } };
  return {
    debian: image(await packed('debian', debian)),
    python: image(await packed('python', debian, python)),
    shop: image(await packed('shop', debian, python, shop)),
    desk: image(await packed('desk', debian, python, desk)),
    deskLabelled: image(await packed('deskLabelled', debian, python, desk), { config: labelled }),
  };
}

function database(names: readonly string[]): Files {
  return named('var/lib/dpkg/status', dpkgStatus(names.map((name) => ({ name, version: '1.0-1' }))));
}

function named(path: string, content: string): Files {
  return [[path, content]];
}
