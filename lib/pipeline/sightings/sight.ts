/**
 * Takes a report of a sighting in. Where with it something begins or ends to run in production, the same
 * commit leaves the work of judging it again: for whoever runs in production, production's appetite holds.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import { runningKey, sightedKey } from '../../core/register/sighting-keys.ts';
import { noteReport, recordSchema, runsNow, type SightingRecord } from '../../core/sightings/note-report.ts';
import { type Report, WHOLE } from '../../core/sightings/sighting.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { Clock } from '../ports/clock.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { replace } from '../record-assessment/current-items.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { foldRunningEntry } from '../risks/fold-entry.ts';
import { readRecords } from './read-sightings.ts';

export interface SightDependencies {
  readonly register: RegisterStore;
  readonly now: Clock;
}

/** An end of the place as a whole ends every unit that is known to run there. */
export async function sight(report: Report, dependencies: SightDependencies): Promise<void> {
  const { register } = dependencies;
  const { digest, where } = report;
  const units = new Set([report.unit]);
  if (report.ended && report.unit === WHOLE) {
    for (const record of await readRecords(digest, register, where)) {
      for (const [unit, { ended }] of Object.entries(record.units)) if (!ended) units.add(unit);
    }
  }
  for (const unit of units) await note({ ...report, unit }, dependencies);
}

async function note(report: Report, { register, now }: SightDependencies): Promise<void> {
  const { digest, where, unit } = report;
  const key = sightedKey(digest, where, unit);
  await untilNoConflict(async () => {
    const stored = await register.get(key);
    const before = stored === null ? null : recordSchema.parse(stored.body);
    const after = noteReport(before, report);
    if (before !== null && contentId(before) === contentId(after)) return;
    const indexes = runsNow(after) ? { board: runningKey(digest, where, unit) } : {};
    const cause = planEntry({ kind: 'sighted', digest, at: now().toISOString() });
    const fold = foldRunningEntry(digest, { where, unit, version: stored?.version ?? 0 });
    await register.commit({
      puts: [replace(stored, { ...key, body: { ...after }, indexes })],
      outbox: [
        ...(inProduction(before) === inProduction(after) ? [] : [cause]),
        ...(isThere(before) === isThere(after) && inProduction(before) === inProduction(after) ? [] : [fold]),
      ],
    });
  });
}

function isThere(record: SightingRecord | null): boolean {
  return record !== null && runsNow(record);
}

function inProduction(record: SightingRecord | null): boolean {
  return record !== null && record.environment === 'production' && runsNow(record);
}
