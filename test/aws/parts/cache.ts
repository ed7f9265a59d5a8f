/** Where the parts that tests on AWS start are kept, so that each is fetched once on a machine. */
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const ROOT = process.env['CAVENDISH_TEST_CACHE'] ?? join(homedir(), '.cache', 'cavendish-test');

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * A folder of the cache, filled by `fill` where it is not there yet; whole or not there, also where
 * several ask at once.
 *
 * @param name - of the part and its version
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(ROOT, name);
  if (await isThere(folder)) return folder;
  await mkdir(ROOT, { recursive: true });
  const fresh = await mkdtemp(join(ROOT, `.${name}-`));
  try {
    await fill(fresh);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Somebody else was sooner.
    if (!(await isThere(folder))) throw error;
  }
  return folder;
}
