/**
 * The composition root of the laptop's home: adapters meet ports here, and nowhere else.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { defaultAppetiteText } from '../../adapters/defaults/default-appetite.ts';
import { openLocalEvidence } from '../../adapters/local/evidence/local-evidence.ts';
import { explainFile, fileErrorCode } from '../../adapters/local/home/file-failures.ts';
import { type Home, openHome } from '../../adapters/local/home/home.ts';
import { type LocalStore, openLocalStore } from '../../adapters/local/store/local-store.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { appetiteReader } from '../../pipeline/appetite/in-force.ts';
import { storedIntelligence } from '../../pipeline/feeds/stored-intelligence.ts';
import type { OpenedHome } from './opened-home.ts';

export interface Laptop extends OpenedHome {
  readonly kind: 'laptop';
  readonly home: Home;
}

interface Opening {
  readonly data: string;
  /** `up`: the only one. `beside`: next to a running one. `read`: beside, and never makes a home. */
  readonly as: 'up' | 'beside' | 'read';
  readonly now: Date;
}

export async function openLaptop({ data, as, now }: Opening): Promise<Laptop> {
  const home = await openHome(
    data,
    as === 'up' ? { exclusive: true, since: now } : { exclusive: false, create: as === 'beside' },
  );
  let store: LocalStore | null = null;
  try {
    store = openLocalStore(home.paths.register);
    const { register, work, close } = store;
    if (as === 'up') store.releaseClaims();
    const evidence = await openLocalEvidence(home.paths.evidence, { sweep: as === 'up' });
    return {
      kind: 'laptop',
      home,
      register,
      evidence,
      intelligence: storedIntelligence(register, evidence),
      work,
      async close() {
        close();
        await home.close();
      },
    };
  } catch (error) {
    store?.close();
    await home.close();
    throw error;
  }
}

/** Where images in the embedded registry stand. Its port is no part of it: ports change. */
export function laptopPlacement(repository: string, digest: Digest): Placement {
  return { account: 'laptop', region: 'local', registry: 'embedded', repository, digest };
}

/** What the appetite is called that counts where a home has none of its own. */
export const DEFAULT_APPETITE = 'default appetite';

/** What the appetite is read with. */
type WithAppetite = Pick<Laptop, 'home' | 'evidence' | 'register'>;

/** The appetite of one command: a file that is named for it, else what the home judges by. */
export async function openAppetite(
  laptop: WithAppetite,
  file: string | undefined,
): Promise<JudgedEvidence['appetite']> {
  return file === undefined ? await appetites(laptop)() : await fileAppetite(laptop, file);
}

/**
 * By what a home judges, to be asked for each piece of work: the version that was adopted; before any was, the file
 * in its folder, or the default, as it is when it is first asked for.
 */
export function appetites(laptop: WithAppetite): () => Promise<JudgedEvidence['appetite']> {
  let ofHome: JudgedEvidence['appetite'] | null = null;
  return appetiteReader({ ...laptop, fallback: async () => (ofHome ??= await fileAppetite(laptop, undefined)) });
}

/** Kept as evidence, since assessments name it. */
async function fileAppetite(
  { home, evidence }: Pick<Laptop, 'home' | 'evidence'>,
  file: string | undefined,
): Promise<JudgedEvidence['appetite']> {
  const { text, source } = await appetiteText(file, home.folder);
  const value = parseAppetite(text, source);
  return { hash: await evidence.put(new TextEncoder().encode(text)), source, value };
}

/** Whether there is a home in the folder: else nothing is opened there. */
export function isLaptopHome(folder: string): boolean {
  return existsSync(join(folder, 'home.json'));
}

/** The text of a file; the one in the folder of a home, or the default, where none is named. */
export async function appetiteText(
  file: string | undefined,
  folder: string,
): Promise<{ readonly text: string; readonly source: string }> {
  if (file !== undefined) return { text: await readAppetite(file), source: file };
  const ofHome = join(resolve(folder), 'appetite.yaml');
  try {
    return { text: await readFile(ofHome, 'utf8'), source: ofHome };
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw explainFile(error, ofHome);
    return { text: await defaultAppetiteText(), source: DEFAULT_APPETITE };
  }
}

async function readAppetite(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const cause = Error.isError(error) ? error.message : String(error);
    throw new CavendishError('bad-input', `the appetite ${file} can not be read: ${cause}`, {
      next: 'Name a file with --appetite; leave it out for the default: cavendish appetite show.',
      cause: error,
    });
  }
}
