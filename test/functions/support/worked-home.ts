/**
 * Scan and judge as the queues drive them, over a home in memory: messages go where the outbox says,
 * until nothing is left to bring.
 */
import { createHandler as createJudge } from '../../../functions/judge/handler.ts';
import { createHandler as createScan } from '../../../functions/scan/handler.ts';
import type { OpenImage } from '../../../lib/core/image/open-image.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import type { PlacementDependencies } from '../../../lib/pipeline/judge-placement/judge-placement.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import type { OutboxEntry } from '../../../lib/pipeline/ports/register-store.ts';
import { queueOf } from '../../../lib/pipeline/work/work-types.ts';
import type { BuiltImage } from '../../support/images.ts';
import { aPlacedHome } from '../../support/placed-work.ts';
import { aContext, aQueueEvent, aRecord } from './lambda.ts';
import { aLife, type Life } from './mortal.ts';
import { fakeParts } from './parts.ts';

interface Options {
  readonly opened?: OpenImage;
  readonly advisories?: readonly FeedPart[];
  /** What a test puts in place of the home's own parts. */
  readonly given?: Partial<PlacementDependencies>;
  readonly judging?: () => Promise<PlacementDependencies>;
  /** Milliseconds that a function has. */
  readonly remaining?: number;
}

export async function aWorkedHome(built: BuiltImage, options: Options = {}) {
  const { opened, given, remaining = 900_000 } = options;
  const home = await aPlacedHome(built, opened, options.advisories);
  const parts = fakeParts();
  let now = home.now;
  let handlers = handlersOf(aLife(null));

  function handlersOf(life: Life) {
    const register = life.of(home.register, ['commit']);
    const evidence = life.of(home.evidence, ['put']);
    const stores = { register, evidence, intelligence: storedIntelligence(register, evidence) };
    const judging = options.judging ?? (() => Promise.resolve({ ...home.judging, ...stores, ...given }));
    const working = {
      ...parts,
      queue: life.of(home.work, ['take', 'retry', 'done', 'bury']),
      messages: life.of(parts.messages, ['send']),
      deadLetters: life.of(parts.deadLetters, ['put']),
      clock: () => now,
      judging,
    };
    return { scan: createScan({ ...working, source: 'scan' }), judge: createJudge({ ...working, source: 'judge' }) };
  }

  async function bring(id: string, type: string): Promise<void> {
    const queue = queueOf(type);
    if (queue !== 'scan' && queue !== 'judge') throw new Error(`${type} is not brought here`);
    const said = await handlers[queue](aQueueEvent(aRecord({ id, type })), aContext(remaining));
    if (said.batchItemFailures.length > 0) throw new Error(`${id} stays in its queue`);
  }

  return {
    ...home,
    parts,
    async push(...entries: readonly OutboxEntry[]) {
      await home.register.commit({ puts: [], outbox: entries });
    },
    later(seconds: number) {
      now = new Date(now.getTime() + seconds * 1000);
    },
    bring,
    /** The functions from now on. */
    live(life: Life) {
      handlers = handlersOf(life);
    },
    /** A function takes the work and dies, and its claim lapses. */
    async die(id: string) {
      await home.work.take(id, now);
      now = new Date(now.getTime() + 900_000);
    },
    /** Brings all that is due, as stream and sweep would; what is owed to people is left. */
    async work(rounds = 10) {
      for (let round = 0; round < rounds; round += 1) {
        const due = (await home.work.due(now, 100)).filter(isJudging);
        if (due.length === 0) return;
        for (const { id, type } of due) await bring(id, type);
      }
    },
    /** Work that is neither done nor a notice. */
    async unfinished() {
      const due = await home.work.due(new Date(now.getTime() + 1e9), 1000);
      return due.filter(isJudging);
    },
    /** The notices that are owed. */
    async owed() {
      const due = await home.work.due(new Date(now.getTime() + 1e9), 1000);
      return due.filter(({ type }) => queueOf(type) === 'announce').map(({ id }) => id);
    },
  };
}

/** What people are owed and what a feed left to be judged again are other functions' work. */
function isJudging({ type }: { readonly type: string }): boolean {
  return !['announce', 'again', 'remind'].includes(queueOf(type) ?? '');
}
