/** Runs the outbox while `up` is up: one entry after another, woken by pushes, and by a ticker for what was put off. */
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { WorkQueue } from '../../pipeline/ports/work-queue.ts';
import { type Ran, runNext, type WorkHandlers } from '../../pipeline/work/run-work.ts';

interface WorkerOptions {
  readonly queue: WorkQueue;
  /** What runs the work; asked anew for each piece of it. */
  readonly handlers: () => Promise<WorkHandlers>;
  readonly clock: Clock;
  readonly onRan: (ran: Exclude<Ran, { outcome: 'idle' }>) => void;
  /** The queue itself failed, or nothing can be run; the worker goes on. Told once for as long as it stays the same. */
  readonly onFault: (fault: unknown) => void;
}

export interface Worker {
  /** There may be work. */
  wake(): void;
  /** Resolves once nothing waits. */
  drained(): Promise<true>;
  /** Ends after the entry under way. */
  stop(): Promise<void>;
}

/** How often put-off work is looked for, in milliseconds. */
const TICK = 500;

export function startWorker({ queue, handlers, clock, onRan, onFault }: WorkerOptions): Worker {
  let stopped = false;
  let rouse = Promise.withResolvers<true>();
  let waiting: ((nothing: true) => void)[] = [];
  let fault: string | null = null;

  async function sleep(): Promise<void> {
    const timer = setTimeout(() => {
      rouse.resolve(true);
    }, TICK);
    await rouse.promise;
    clearTimeout(timer);
    rouse = Promise.withResolvers();
  }

  async function step(): Promise<void> {
    try {
      const ran = await runNext(queue, await handlers(), clock);
      fault = null;
      if (ran.outcome !== 'idle') {
        onRan(ran);
        return;
      }
      if (waiting.length > 0 && (await queue.state()).waiting === 0) {
        for (const resolve of waiting) resolve(true);
        waiting = [];
      }
    } catch (error) {
      const said = String(error);
      if (said !== fault) onFault(error);
      fault = said;
    }
    if (!stopped) await sleep();
  }

  async function loop(): Promise<void> {
    while (!stopped) await step();
  }

  const running = loop();
  return {
    wake() {
      rouse.resolve(true);
    },
    drained() {
      const { promise, resolve } = Promise.withResolvers<true>();
      waiting.push(resolve);
      rouse.resolve(true);
      return promise;
    },
    async stop() {
      stopped = true;
      rouse.resolve(true);
      await running;
    },
  };
}
