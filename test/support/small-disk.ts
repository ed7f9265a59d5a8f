/** A disk that is soon full: a tmpfs, which only root may mount. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface SmallDisk {
  readonly path: string;
  remove(): void;
}

/** Null where this machine does not let us mount one. */
function mountSmallDisk(bytes: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'cavendish-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  if (status !== 0) {
    rmdirSync(path);
    return null;
  }
  return {
    path,
    remove() {
      // Lazily: a test that failed may still have a file open there.
      spawnSync('umount', ['-l', path]);
      rmdirSync(path);
    },
  };
}

/** Whether this machine lets us make one: a test that needs one is skipped elsewhere. */
export function canMakeSmallDisk(): boolean {
  const disk = mountSmallDisk(4096);
  disk?.remove();
  return disk !== null;
}

/** Does something on a disk of so many bytes, which is gone afterwards, whatever happens. */
export async function onSmallDisk(bytes: number, work: (path: string) => Promise<void>): Promise<void> {
  const disk = mountSmallDisk(bytes);
  if (disk === null) throw new Error('no disk could be mounted');
  try {
    await work(disk.path);
  } finally {
    disk.remove();
  }
}
