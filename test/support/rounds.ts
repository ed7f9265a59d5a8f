/**
 * A home in memory whose images are made of words, for tests of rounds: feeds change, days begin, and what
 * has to be judged again is; on SQLite, with the handlers that `up` runs.
 */
import { type LocalStore, openLocalStore } from '../../lib/adapters/local/store/local-store.ts';
import type { Cause } from '../../lib/core/again/cause.ts';
import { substanceOf } from '../../lib/core/again/substance.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { canonicalBytes, contentId } from '../../lib/core/canonical/canonical.ts';
import type { OutEvent } from '../../lib/core/events/out-event.ts';
import { type Placement, placementName } from '../../lib/core/image/placement.ts';
import type { Notice } from '../../lib/core/notices/notice.ts';
import type { Assessment } from '../../lib/core/register/assessment.ts';
import type { Current } from '../../lib/core/register/current.ts';
import { causePartition } from '../../lib/core/register/index-keys.ts';
import type { JudgedEvidence } from '../../lib/core/register/judged-evidence.ts';
import type { Inventory, Package } from '../../lib/core/sbom/inventory.ts';
import { tellOwners } from '../../lib/pipeline/announce/tell-owners.ts';
import { adoptAppetite, type Adopted } from '../../lib/pipeline/appetite/adopt.ts';
import { appetiteReader } from '../../lib/pipeline/appetite/in-force.ts';
import { type FeedImport, importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import { storedIntelligence } from '../../lib/pipeline/feeds/stored-intelligence.ts';
import { againHandlers, type AgainHappened } from '../../lib/pipeline/judge-again/again-handlers.ts';
import { planEntry } from '../../lib/pipeline/judge-again/plan-entry.ts';
import { assessScan, judgeScan } from '../../lib/pipeline/judge-image/judge-scan.ts';
import { readDocument } from '../../lib/pipeline/judge-image/read-document.ts';
import { requestOf } from '../../lib/pipeline/judge-placement/placement-job.ts';
import { recordJudged } from '../../lib/pipeline/judge-placement/record-judged.ts';
import { rememberImage } from '../../lib/pipeline/lineage/remember-image.ts';
import type { EventSink } from '../../lib/pipeline/ports/event-sink.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { FeedPart, FeedSource } from '../../lib/pipeline/ports/feed-source.ts';
import type { Versions } from '../../lib/pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';
import { readBoard } from '../../lib/pipeline/read-board/read-board.ts';
import { runNext } from '../../lib/pipeline/work/run-work.ts';
import { ANNOUNCE, PLAN_REMINDERS, TELL_EXCEPTION } from '../../lib/pipeline/work/work-types.ts';
import { aPackage } from './advisory-builders.ts';
import { aSource } from './feed-parts.ts';
import { type MemoryEvidence, memoryEvidence } from './memory-evidence.ts';

/** An image: from the base upwards, what each layer brings, as `name version`. */
export interface WordImage {
  readonly repository: string;
  readonly tag?: string | null;
  readonly layers: readonly (readonly string[])[];
  /** Another repository where the very same image stands; its bytes are its own where left out. */
  readonly sameAs?: string;
}

/** What a test puts between the handlers and the parts. */
export type Between = <T extends RegisterStore | EvidenceStore | WorkQueue>(part: T, writes: readonly (keyof T)[]) => T;

export interface RoundHome {
  readonly store: LocalStore;
  readonly evidence: MemoryEvidence;
  readonly intelligence: Versions;
  readonly appetite: JudgedEvidence['appetite'];
  readonly notices: Notice[];
  readonly events: OutEvent[];
  readonly happened: AgainHappened[];
  now(): string;
  /** It is that instant from now on. */
  at(instant: string): void;
  /** Imports, which leaves the cause. */
  take(parts: readonly FeedPart[] | FeedSource, given?: Partial<FeedImport>): Promise<Cause>;
  /** @param meanwhile - what happens between judging and recording */
  push(image: WordImage, meanwhile?: () => Promise<unknown>): Promise<Placement>;
  leave(cause: Cause): Promise<void>;
  /** Puts another appetite in force. */
  adopt(text: string, why?: string): Promise<Adopted>;
  /** Runs all the work that is due; stops where the parts fail. */
  work(between?: Between): Promise<void>;
  board(): Promise<readonly Current[]>;
  assessment(current: Pick<Current, 'assessment'>): Promise<Assessment>;
  /** The placements (and stages) that judging everything again, now, would change; from `names`, the verdicts before. */
  oracle(): Promise<readonly string[]>;
  /** The placements that the rounds planned since the last import look at. */
  candidates(): Promise<readonly string[]>;
}

export function nameOf({ placement, stage }: Pick<Current, 'placement' | 'stage'>): string {
  return `${placementName(placement)} ${stage}`;
}

/** @param fixed - the instant that everything is judged as of, whatever the time is */
export function aRoundHome(appetiteText: string, start: string, fixed: string | null = null): RoundHome {
  const store = openLocalStore(':memory:');
  const evidence = memoryEvidence();
  const { register } = store;
  const intelligence = storedIntelligence(register, evidence);
  const appetite = { hash: contentId(appetiteText), source: 'a test', value: parseAppetite(appetiteText, 'a test') };
  const [notices, events, happened]: [Notice[], OutEvent[], AgainHappened[]] = [[], [], []];
  let now = start;
  let taken = 0;
  const clock = (): Date => new Date(now);
  const inForce = appetiteReader({ register, evidence, fallback: () => Promise.resolve(appetite) });
  const deciding = async () => ({ register, evidence, intelligence, appetite: await inForce() });

  async function handlersOf(parts: { readonly register: RegisterStore; readonly evidence: EvidenceStore }) {
    const bus: EventSink = {
      publish: async (some) => {
        events.push(...some);
        return await Promise.resolve([]);
      },
    };
    return againHandlers({
      ...parts,
      intelligence: storedIntelligence(parts.register, parts.evidence),
      appetite: await inForce(),
      asOf: () => fixed,
      events: bus,
      now: clock,
      everySeconds: 5,
      tell: (entries, round, mustBeSaid) =>
        tellOwners(entries, round, mustBeSaid, {
          register,
          ...{
            evidence,
            now: clock,
            mostAnHour: () => Promise.resolve(1000),
            roundUpsOnly: () => Promise.resolve(new Set<string>()),
          },
          notifiers: [],
          fallbackOwner: appetite.value.unnamed.owner,
          followers: [],
          onTold: (notice) => {
            if (!notices.some(({ id }) => id === notice.id)) notices.push(notice);
          },
        }),
      onAgain: (one) => {
        happened.push(one);
      },
    });
  }

  return {
    ...{ store, evidence, intelligence, appetite, notices, events, happened },
    now: () => now,
    at(instant) {
      now = instant;
    },

    async take(parts, given = {}) {
      taken = happened.length;
      const before = new Map((await intelligence.feeds()).map(({ feed, hash }) => [feed.id, hash]));
      const sources = 'parts' in parts ? parts : aSource(parts);
      await importFeeds({ at: clock(), ...given, sources }, { register, evidence });
      const changes = (await intelligence.feeds())
        .filter(({ feed, hash }) => before.get(feed.id) !== hash)
        .map(({ feed: { id, kind }, hash }) => ({ id, kind, before: before.get(id) ?? null, after: hash }));
      return { kind: 'feeds', at: clock().toISOString(), changes };
    },

    async push({ repository, tag = '1.0', layers, sameAs = repository }, meanwhile) {
      const inventory = inventoryOf(sameAs, layers);
      const hash = await evidence.put(canonicalBytes(inventory));
      const placement = {
        account: 'laptop',
        region: 'local',
        registry: 'embedded',
        repository,
        digest: inventory.image,
      };
      const platform = { os: 'linux', architecture: 'amd64' };
      const described = {
        ...{ digest: inventory.image, platform, created: null, base: { name: null, digest: null } },
        layers: inventory.layers.map((layer) => ({
          ...layer,
          size: 1,
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
        })),
      };
      await rememberImage(described, inventory, now, register);
      const job = { placement, platform, tag, asOf: fixed };
      const judging = await deciding();
      const judged = await judgeScan(requestOf(job, now), { inventory, hash }, judging);
      await meanwhile?.();
      await recordJudged(job, judged, judging);
      return placement;
    },

    async leave(cause) {
      await register.commit({ puts: [], outbox: [planEntry(cause)] });
    },

    async adopt(text, why = 'a test') {
      const caller = { principal: 'laptop:test', person: null };
      const proposal = { text, name: 'appetite.yaml', why };
      return await adoptAppetite(proposal, { register, evidence, caller, at: now, appetite: await inForce() });
    },

    async work(between = (part) => part) {
      const parts = { register: between(register, ['commit']), evidence: between<EvidenceStore>(evidence, ['put']) };
      const queue = between(store.work, ['claim', 'done', 'retry', 'bury']);
      for (;;) {
        const ignored = { run: async () => await Promise.resolve() };
        const ignoring = { [ANNOUNCE]: ignored, [PLAN_REMINDERS]: ignored, [TELL_EXCEPTION]: ignored };
        const handlers = { ...(await handlersOf(parts)), ...ignoring };
        const ran = await runNext(queue, handlers, clock);
        if (ran.outcome === 'idle') return;
        if (ran.outcome === 'buried' || (ran.outcome === 'retry' && !ran.putOff)) throw new Error(ran.cause);
      }
    },

    async board() {
      return await readBoard(register, { all: true });
    },

    async assessment({ assessment }) {
      return await readDocument<Assessment>(evidence, assessment, 'assessment');
    },

    async oracle() {
      const changed: string[] = [];
      for (const current of await this.board()) {
        const before = await this.assessment(current);
        const { image, inputs, placement } = before;
        const request = { ...image, placement, repository: inputs.repository, stage: null, at: now };
        if (inputs.sbom === null) throw new Error('images made of words are read whole');
        const inventory = await readDocument<Inventory>(evidence, inputs.sbom, 'SBOM');
        const after = await assessScan(request, { inventory, hash: inputs.sbom }, await deciding());
        if (substanceOf(after) !== substanceOf(before)) changed.push(nameOf(current));
      }
      return changed.sort();
    },

    async candidates() {
      const rounds = happened.slice(taken).flatMap((one) => (one.step === 'planned' ? [one.id] : []));
      const pages = rounds.map((round) => register.query({ pk: causePartition(round), beginsWith: 'PAGE#' }));
      const items = (await Promise.all(pages)).flatMap((page) => page.items);
      return items.flatMap(({ body }) => (body['placements'] as Placement[]).map(placementName)).sort();
    },
  };
}

/** Layers with the same content are the same layer; a later one may bring another version of a package. */
function inventoryOf(repository: string, layers: readonly (readonly string[])[]): Inventory {
  const packages = new Map<string, Package>();
  const described = layers.map((words) => ({ words, diffId: contentId(['layer', ...words]) }));
  for (const { words, diffId } of described) {
    for (const word of words) {
      const [name = '', version = '1'] = word.split(' ');
      if (packages.get(name)?.version !== version)
        packages.set(name, { ...aPackage({ name, version }), layer: diffId });
    }
  }
  return {
    schemaVersion: 1,
    scanner: { name: 'a test', version: '1' },
    image: contentId(['image', repository, layers]),
    created: null,
    distribution: null,
    layers: described.map(({ diffId }) => ({ diffId, digest: diffId, createdBy: null })),
    packages: [...packages.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
    gaps: [],
  };
}
