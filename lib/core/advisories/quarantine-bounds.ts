/** What a feed may differ by from the version before it, and how old it may be, before it is set aside. */
import { z } from 'zod';

/**
 * A part of the records that were held, and how much more of them for each day between the two versions; of any
 * feed, however small, so many records.
 */
const change = (share: number, perDay: number, records: number) =>
  z
    .strictObject({
      share: z.number().min(0).max(1000).default(share),
      perDay: z.number().min(0).max(1000).default(perDay),
      records: z.int().nonnegative().default(records),
    })
    .readonly()
    .prefault({});

const days = (most: number) => z.number().positive().max(36_500).default(most);

export const quarantineBounds = z
  .strictObject({
    grow: change(0.05, 0.005, 20),
    shrink: change(0.01, 0.001, 3),
    /** The greatest age in days of what arrives, by kind. KEV may rest for weeks, an ecosystem for months. */
    staleDays: z
      .strictObject({ advisories: days(180), cve: days(7), kev: days(60), epss: days(7) })
      .readonly()
      .prefault({}),
  })
  .readonly()
  .prefault({});

export type QuarantineBounds = z.output<typeof quarantineBounds>;
