/** Takes in what was fetched of a feed: holds it, or sets it aside. */
import { type QuarantineReason, reasonsAgainst } from '../../core/advisories/quarantine.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { holdFeeds } from '../feeds/hold-feeds.ts';
import { prepareImport } from '../feeds/import-feeds.ts';
import { describeFeed } from '../feeds/import-report.ts';
import type { PreparedFeed } from '../feeds/prepare-feed.ts';
import { arrivalKey } from '../feeds/quarantine-items.ts';
import type { Put } from '../ports/register-store.ts';
import { believedSource } from './believed-source.ts';
import { putDownloaded } from './download-items.ts';
import type { RefreshContext, Refreshed, RefreshPorts, Standing } from './refreshing.ts';
import { overtakeOpen, setAside } from './set-aside.ts';
import type { Haul, Target } from './target.ts';
import { Unbelievable, unbelievable } from './unbelievable.ts';

interface Taking {
  readonly target: Target;
  readonly context: RefreshContext;
  readonly standing: Standing;
}

/** @throws CavendishError where another time may do better */
export async function takeIn(
  haul: Haul,
  { target, context, standing }: Taking,
  ports: RefreshPorts,
): Promise<Refreshed> {
  const at = context.at.toISOString();
  const { feed } = target;
  const { pointer, remembered } = standing;
  const arrival = { feed, before: pointer?.hash ?? null, at, source: haul.source };

  let prepared: PreparedFeed | null;
  try {
    prepared = await prepareOne(haul, target, context, ports);
  } catch (error) {
    const found = unbelievable(error);
    if (!(found instanceof Unbelievable)) throw error;
    const reasons: readonly QuarantineReason[] = [{ kind: 'malformed', message: found.message }];
    const { item, news } = await setAside({ ...arrival, hash: null, reasons }, ports.register, []);
    return { outcome: 'set-aside', reasons: item.reasons, news };
  }

  const rememberHeld = (hash: Digest | null): Put => {
    const { asOf, ...said } = haul.remember;
    return putDownloaded(
      { feed, ...said, asOf: takenIn(asOf, haul, prepared), hash, held: hash, setAside: null },
      remembered,
    );
  };
  if (prepared === null || prepared.outcome === 'unchanged') {
    const hash = prepared?.hash ?? pointer?.hash ?? null;
    await ports.register.commit({ puts: [rememberHeld(hash), ...(await overtakeOpen(feed, ports.register))] });
    return { outcome: 'unchanged' };
  }
  const { hash } = prepared;
  const reasons = reasonsAgainst({ before: prepared.before, after: prepared.feed, at }, context.addresses.quarantine);
  if (reasons.length > 0) {
    const arrived = { ...arrival, hash, reasons };
    const { url, etag, lastModified } = haul.remember;
    // What is set aside is taken in by nobody: the next changes are those since the version that is held.
    const { held, asOf, wholeAt } =
      remembered?.held === pointer?.hash && remembered !== null ? remembered : NOTHING_TAKEN_IN;
    const body = { feed, url, etag, lastModified, hash, setAside: arrivalKey(arrived), held, asOf, wholeAt };
    const { item, news } = await setAside(arrived, ports.register, [putDownloaded(body, remembered)]);
    return { outcome: 'set-aside', reasons: item.reasons, news };
  }
  const beside = [rememberHeld(hash), ...(await overtakeOpen(feed, ports.register))];
  await holdFeeds([prepared], at, ports.register, beside);
  return { outcome: 'held', imported: describeFeed(prepared) };
}

const NOTHING_TAKEN_IN = { held: null, asOf: null, wholeAt: null };

/** An archive may be older than the list beside it. */
function takenIn(asOf: string | null, { complete }: Haul, prepared: PreparedFeed | null): string | null {
  if (asOf === null || prepared === null || complete.length === 0) return asOf;
  return prepared.feed.date < asOf ? prepared.feed.date : asOf;
}

/**
 * @returns null where changes hold nothing for the feed
 * @throws CavendishError `bad-input` where it is another feed than its address is for
 */
async function prepareOne(
  haul: Haul,
  target: Target,
  context: RefreshContext,
  ports: RefreshPorts,
): Promise<PreparedFeed | null> {
  const { downloads, fetching, onRead, at } = context;
  const { prepared } = await prepareImport(
    {
      sources: believedSource(downloads.source(haul.files, haul.source), {
        ...{ family: target.family, signal: fetching.signal, onRead },
      }),
      ...{ complete: haul.complete, date: haul.date, at, evenOlder: true, evenNothing: haul.changesAlone },
    },
    ports,
  );
  const [one] = prepared;
  if (one === undefined) return null;
  if (one.feed.id === target.feed && prepared.length === 1) return one;
  const found = prepared.map(({ feed }) => feed.id).join(', ');
  throw new CavendishError('bad-input', `${haul.source} holds ${found} where ${target.feed} was to be`);
}
