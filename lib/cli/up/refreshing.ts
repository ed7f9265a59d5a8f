/** Refreshes the feeds of a running home by the clock: when it starts, and each hour or day from then on. */
export const REFRESH_EVERY = ['hourly', 'daily'] as const;
export type RefreshEvery = (typeof REFRESH_EVERY)[number];

const HOUR = 3_600_000;
const PERIODS: Readonly<Record<RefreshEvery, number>> = { hourly: HOUR, daily: 24 * HOUR };

interface Refreshing {
  readonly every: RefreshEvery;
  /** Ends early where it is told to. */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  /** It failed as a whole; it is tried again when its time comes. */
  readonly onFault: (fault: unknown) => void;
}

export function startRefreshing({ every, refresh, onFault }: Refreshing): { stop(): Promise<void> } {
  const ending = new AbortController();
  let running = Promise.resolve();
  let due = true;

  /** One at a time: where one takes longer than the period, the next begins when its time comes again. */
  function look(): void {
    if (!due) return;
    due = false;
    running = refresh(ending.signal)
      .catch(onFault)
      .finally(() => {
        due = true;
      });
  }

  look();
  const timer = setInterval(look, PERIODS[every]).unref();
  return {
    async stop() {
      clearInterval(timer);
      ending.abort();
      await running;
    },
  };
}
