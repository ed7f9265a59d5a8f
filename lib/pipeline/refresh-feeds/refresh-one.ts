/** Refreshes one feed: fetches what is new, reads it, and holds it, or sets it aside where it can't be believed. */
import type { QuarantineReason } from '../../core/advisories/quarantine.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import { readPointer, type StoredPointer } from '../feeds/feed-items.ts';
import { readQuarantined } from '../feeds/quarantine-items.ts';
import { readDownloaded, type StoredDownloaded } from './download-items.ts';
import type { RefreshContext, Refreshed, RefreshPorts } from './refreshing.ts';
import { setAside } from './set-aside.ts';
import { takeIn } from './take-in.ts';
import type { Haul, Target } from './target.ts';
import { Unbelievable, unbelievable } from './unbelievable.ts';

/** @throws CavendishError `unavailable`, `not-found`, `conflict`, `storage-full`, … where another time may do better */
export async function refreshOne(target: Target, context: RefreshContext, ports: RefreshPorts): Promise<Refreshed> {
  const { register } = ports;
  const pointer = await readPointer(register, target.feed);
  const remembered = await readDownloaded(register, target.feed);
  const aside = typeof remembered?.setAside === 'string' ? await readQuarantined(register, remembered.setAside) : null;
  const known = remembered === null ? null : knownOf(remembered, pointer, aside?.state);

  let haul: Haul | null;
  try {
    haul = await target.fetch({ ...context, known });
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    const { item, news } = await setAside(
      {
        ...{ feed: target.feed, hash: null, before: pointer?.hash ?? null, reasons: [reason] },
        ...{ at: context.at.toISOString(), source: target.feed },
      },
      register,
      [],
    );
    return { outcome: 'set-aside', reasons: item.reasons, news };
  }
  if (haul === null) {
    return aside === null || known?.setAside === null
      ? { outcome: 'unchanged' }
      : { outcome: 'set-aside', reasons: aside.reasons, news: false };
  }
  const outcome = await takeIn(haul, { target, context, standing: { pointer, remembered } }, ports);
  // Where that failed they stay, and need not be fetched again.
  await ports.downloads.discard([...haul.files, ...(haul.lists ?? [])]);
  return outcome;
}

/**
 * What the server said counts where its version is held, or set aside and not settled otherwise since. Up to where
 * changes were taken in counts for the version that is held: what was set aside was taken in by nobody.
 */
function knownOf(remembered: StoredDownloaded, pointer: StoredPointer | null, state?: string): StoredDownloaded | null {
  const { hash, setAside: key, held } = remembered;
  const said = key === null ? hash !== null && pointer?.hash === hash : state === 'held' || state === 'rejected';
  if (!said) return null;
  return held !== null && held === pointer?.hash
    ? remembered
    : { ...remembered, held: null, asOf: null, wholeAt: null };
}

function reasonOf(error: unknown): QuarantineReason | null {
  // The one thing that a fetch finds wrong with what is given from outside is where it is sent.
  if (isCavendishError(error, 'bad-input')) return { kind: 'elsewhere', message: error.message };
  const found = unbelievable(error);
  return found instanceof Unbelievable ? { kind: 'malformed', message: found.message } : null;
}
