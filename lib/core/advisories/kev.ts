/**
 * Reads CISA's catalogue of known exploited vulnerabilities, as it is published in JSON.
 *
 * The catalogue says how many entries it has: one that has more or fewer is not whole.
 */
import { z } from 'zod';

import { CavendishError } from '../errors/error.ts';
import { cveId, day, instant, readAs } from './reading.ts';
import type { KevRecord } from './records.ts';

export interface KevCatalogue {
  /** When it was released (ISO 8601, UTC). */
  readonly date: string;
  /** In the order of their identifiers. */
  readonly records: readonly KevRecord[];
}

const catalogue = z.object({
  dateReleased: instant,
  count: z.int().nonnegative(),
  vulnerabilities: z.array(z.unknown()),
});

const entry = z.object({
  cveID: cveId,
  dateAdded: day,
  dueDate: z.union([day, z.literal('')]).nullish(),
  knownRansomwareCampaignUse: z.string().nullish(),
});

const NEXT = "Download the catalogue again, as JSON, from CISA's address.";

/** @throws CavendishError `bad-input` that names the entry and the field, or what is missing */
export function readKev(raw: unknown): KevCatalogue {
  const { dateReleased, count, vulnerabilities } = readAs(catalogue, raw, 'the KEV catalogue');
  if (vulnerabilities.length !== count) {
    throw new CavendishError(
      'bad-input',
      `the KEV catalogue says that it has ${String(count)} entries, and has ${String(vulnerabilities.length)}`,
      { next: NEXT },
    );
  }

  const records = new Map<string, KevRecord>();
  for (const [place, one] of vulnerabilities.entries()) {
    const read = readAs(entry, one, `entry ${String(place + 1)} of the KEV catalogue`);
    if (records.has(read.cveID)) throw new CavendishError('bad-input', `the KEV catalogue lists ${read.cveID} twice`);
    records.set(read.cveID, {
      id: read.cveID,
      dateAdded: read.dateAdded,
      dueDate: read.dueDate === '' ? null : (read.dueDate ?? null),
      ransomware: read.knownRansomwareCampaignUse?.toLowerCase() === 'known',
    });
  }
  return { date: dateReleased, records: [...records.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
