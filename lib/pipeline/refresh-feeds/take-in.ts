/** Takes in what was fetched of a feed: holds it, or sets it aside. */
import { type QuarantineReason, reasonsAgainst } from '../../core/advisories/quarantine.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { holdFeeds } from '../feeds/hold-feeds.ts';
import { prepareImport } from '../feeds/import-feeds.ts';
import { describeFeed } from '../feeds/import-report.ts';
import type { PreparedFeed } from '../feeds/prepare-feed.ts';
import { arrivalKey } from '../feeds/quarantine-items.ts';
import { believedSource } from './believed-source.ts';
import { type Downloaded, putDownloaded } from './download-items.ts';
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

  let prepared: PreparedFeed;
  try {
    prepared = await prepareOne(haul, target, context, ports);
  } catch (error) {
    const found = unbelievable(error);
    if (!(found instanceof Unbelievable)) throw error;
    const reasons: readonly QuarantineReason[] = [{ kind: 'malformed', message: found.message }];
    const { item, news } = await setAside({ ...arrival, hash: null, reasons }, ports.register, []);
    return { outcome: 'set-aside', reasons: item.reasons, news };
  }

  const { hash } = prepared;
  const remember = (key: string | null) => {
    const body: Downloaded = { feed, ...haul.remember, hash, setAside: key };
    return putDownloaded(body, remembered);
  };
  if (prepared.outcome === 'unchanged') {
    await ports.register.commit({ puts: [remember(null), ...(await overtakeOpen(feed, ports.register))] });
    return { outcome: 'unchanged' };
  }
  const reasons = reasonsAgainst({ before: prepared.before, after: prepared.feed, at }, context.addresses.quarantine);
  if (reasons.length > 0) {
    const arrived = { ...arrival, hash, reasons };
    const { item, news } = await setAside(arrived, ports.register, [remember(arrivalKey(arrived))]);
    return { outcome: 'set-aside', reasons: item.reasons, news };
  }
  const beside = [remember(null), ...(await overtakeOpen(feed, ports.register))];
  await holdFeeds([prepared], at, ports.register, beside);
  return { outcome: 'held', imported: describeFeed(prepared) };
}

/** @throws CavendishError `bad-input` where it is another feed than its address is for */
async function prepareOne(
  haul: Haul,
  target: Target,
  context: RefreshContext,
  ports: RefreshPorts,
): Promise<PreparedFeed> {
  const { downloads, fetching, onRead, at } = context;
  const { prepared } = await prepareImport(
    {
      sources: believedSource(downloads.source(haul.files, haul.source), {
        ...{ family: target.family, signal: fetching.signal, onRead },
      }),
      ...{ complete: haul.complete, date: haul.date, at, evenOlder: true },
    },
    ports,
  );
  const [one] = prepared;
  if (one?.feed.id === target.feed && prepared.length === 1) return one;
  const found = prepared.map(({ feed }) => feed.id).join(', ');
  throw new CavendishError('bad-input', `${haul.source} holds ${found} where ${target.feed} was to be`);
}
