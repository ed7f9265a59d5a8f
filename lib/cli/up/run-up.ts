/**
 * Runs the laptop's home: registry, worker and inbox in one process, until it is told to end.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Ran } from '../../pipeline/work/run-work.ts';
import { refreshLaptop } from '../compose/feeds.ts';
import { registries } from '../compose/images.ts';
import { appetites, openAppetite, openLaptop } from '../compose/laptop.ts';
import { type MailOptions, notifiersOf } from '../compose/notices.ts';
import { openRegistry } from '../compose/registry.ts';
import { EXIT } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { startDays } from './days.ts';
import type { UpEvent, Watch } from './events.ts';
import { handlersOf } from './handlers.ts';
import { onlyBy } from './only-by.ts';
import { type RefreshEvery, startRefreshing } from './refreshing.ts';
import { remindingHere } from './remind.ts';
import type { Running } from './running.ts';
import { sampleInstant } from './sample-instant.ts';
import { showSample } from './show-sample.ts';
import { sendWaitingHere } from './waiting.ts';
import { startWorker, type Worker } from './worker.ts';

export interface UpOptions extends MailOptions {
  readonly data: string;
  readonly sample: boolean;
  readonly once: boolean;
  /** A port that was asked for; the default one, or the next free, where left out. */
  readonly port: number | undefined;
  readonly appetite: string | undefined;
  /** Left out: feeds are refreshed by a command alone. */
  readonly refreshFeeds?: RefreshEvery | undefined;
}

/** @returns the exit code */
export async function runUp(options: UpOptions, io: Io, tell: Watch): Promise<number> {
  const laptop = await openLaptop({ data: options.data, as: 'up', now: io.now() });
  try {
    const appetite = await openAppetite(laptop, options.appetite);
    const inForce = options.appetite === undefined ? appetites(laptop) : await onlyBy(appetite, laptop);
    const notifiers = notifiersOf(laptop, options);
    const listeners = new Set<(event: UpEvent) => void>();
    const watch: Watch = (event) => {
      tell(event);
      for (const listener of listeners) listener(event);
    };
    let worker: Worker | null = null;
    let refreshing: ReturnType<typeof startRefreshing> | null = null;
    let days: Awaited<ReturnType<typeof startDays>> | null = null;
    const registry = await openRegistry(laptop, {
      port: options.port,
      now: io.now,
      onPush: () => worker?.wake(),
      onFault: (fault) => {
        watch(troubleOf(fault));
      },
    });
    try {
      await laptop.home.announce([registry.address]);
      const { waiting, buried } = await laptop.work.state();
      watch({
        event: 'up',
        registry: registry.address,
        data: laptop.home.folder,
        appetite: appetite.source,
        waiting,
        setAside: buried.length,
      });
      const parts = {
        laptop,
        images: registries(io.env),
        address: registry.address,
        notifiers,
        asOf: sampleInstant,
        now: io.now,
        watch,
        signal: io.signal,
      };
      worker = startWorker({
        queue: laptop.work,
        handlers: async () => handlersOf({ ...parts, appetite: await inForce() }),
        clock: io.now,
        onRan: (ran) => {
          const trouble = troubleOfRun(ran);
          if (trouble !== null) watch(trouble);
        },
        onFault: (fault) => {
          watch(troubleOf(fault));
        },
      });
      days = await startDays({
        register: laptop.register,
        clock: io.now,
        reminding: async () => remindingHere(await inForce(), parts),
        onLook: () => sendWaitingHere({ laptop, notifiers, appetite: inForce, now: io.now, watch }),
        onDay: () => worker?.wake(),
        onFault: (fault) => {
          watch(troubleOf(fault));
        },
      });
      const { refreshFeeds: every } = options;
      if (every !== undefined) {
        refreshing = startRefreshing({
          every,
          refresh: async (signal) => {
            for (const feed of await refreshLaptop(laptop, { ...io, signal, notifiers }))
              watch({ event: 'feed', ...feed });
            worker?.wake();
          },
          onFault: (fault) => {
            watch(troubleOf(fault));
          },
        });
      }
      return await serve(
        { laptop, appetite, data: options.data, worker, address: registry.address, watch, next: nextOf(listeners) },
        options,
        io,
      );
    } finally {
      await refreshing?.stop();
      await days?.stop();
      await registry.close();
      await worker?.stop();
    }
  } finally {
    await laptop.close();
  }
}

async function serve(running: Running, { sample, once }: UpOptions, io: Io): Promise<number> {
  const ended = new Promise<'ended'>((resolve) => {
    if (io.signal.aborted) resolve('ended');
    io.signal.addEventListener('abort', () => {
      resolve('ended');
    });
  });
  const trouble = running.next(({ event }) => event === 'trouble');
  if (sample) {
    const shown = await Promise.race([showSample(running, io), ended, once ? trouble : never]);
    if (shown === 'ended') return EXIT.go;
  }
  if (once) {
    const drained = await Promise.race([running.worker.drained(), ended, trouble]);
    return typeof drained === 'object' ? EXIT.failure : EXIT.go;
  }
  await ended;
  running.watch({ event: 'end' });
  return EXIT.go;
}

/** Waits for ever: where no trouble ends it. */
const never = Promise.withResolvers<never>().promise;

function nextOf(listeners: Set<(event: UpEvent) => void>): Running['next'] {
  return (wanted) => {
    const { promise, resolve } = Promise.withResolvers<UpEvent>();
    const listener = (event: UpEvent): void => {
      if (!wanted(event)) return;
      listeners.delete(listener);
      resolve(event);
    };
    listeners.add(listener);
    return promise;
  };
}

function troubleOfRun(ran: Exclude<Ran, { outcome: 'idle' }>): UpEvent | null {
  if (ran.outcome === 'buried') {
    return {
      event: 'trouble',
      message: `${ran.work.type} was set aside: ${ran.cause}`,
      next: 'It is kept in the outbox and counted.',
    };
  }
  // Putting off is part of the way; only what failed is trouble.
  if (ran.outcome !== 'retry' || ran.putOff) return null;
  const next = `It is tried again at ${ran.notBefore.toISOString()}; nothing is lost.`;
  return { event: 'trouble', message: `${ran.work.type} failed: ${ran.cause}`, next };
}

function troubleOf(fault: unknown): UpEvent {
  const message = Error.isError(fault) ? fault.message : String(fault);
  const next = isCavendishError(fault) ? fault.next : undefined;
  return { event: 'trouble', message, next: next ?? 'What was accepted is kept; the home goes on.' };
}
