/**
 * Which operating system an image is: os-release(5).
 */
import { z } from 'zod';

import type { Distribution } from '../../../core/sbom/inventory.ts';
import { type Cataloger, NOTHING } from '../cataloger.ts';
import { parseOsRelease } from './parse.ts';

/** The first that is there counts. */
const PLACES = ['etc/os-release', 'usr/lib/os-release'] as const;
/** Where Fedora and its kin keep what those are links to. */
const KIN = /^usr\/lib\/os\.release\.d\/[^/]+$/u;

export const osRelease: Cataloger<Distribution> = {
  name: 'os-release',
  folders: ['etc', 'usr/lib', 'usr/lib/os.release.d'],
  wants: (path) => (PLACES as readonly string[]).includes(path) || KIN.test(path),
  read: (_path, bytes) => parseOsRelease(new TextDecoder().decode(bytes)),
  content: z.object({
    id: z.string(),
    versionId: z.string().nullable(),
    codename: z.string().nullable(),
    name: z.string(),
  }),

  catalog(files) {
    for (const place of PLACES) {
      const found = files.file(place);
      if (found.is === 'read') return { ...NOTHING, distribution: found.content };
      if (found.is === 'blocked') {
        const message = `The operating system is not known: ${found.path} ${found.why}.`;
        return { ...NOTHING, gaps: [{ kind: 'unknown-distribution', subject: 'os-release', message }] };
      }
    }
    return NOTHING;
  },
};
