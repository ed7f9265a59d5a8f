/**
 * Compares what runs with what is known to run: tasks whose event was lost, functions, of which no event
 * tells. A listing that fails ends nothing, and the other one is taken in all the same.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { EnvironmentRules } from '../../core/sightings/environments.ts';
import type { SightingSource } from '../../core/sightings/sighting.ts';
import type { RunningFunctions, RunningTasks, Scope } from '../ports/running.ts';
import { functionReports, placesOf, taskReports, type Told } from '../sightings/running-things.ts';
import type { SightDependencies } from '../sightings/sight.ts';
import { takeListing } from '../sightings/take-listing.ts';

interface Dependencies extends SightDependencies {
  readonly tasks: RunningTasks;
  readonly functions: RunningFunctions;
  readonly environments: EnvironmentRules;
  /** Ends it before all is listed: then nothing is taken for ended. */
  readonly signal: AbortSignal;
}

/**
 * @returns how many were found to have ended
 * @throws CavendishError `unavailable` where one of the listings could not be had
 */
export async function sweepRunning(dependencies: Dependencies): Promise<number> {
  const { tasks, functions, environments } = dependencies;
  const results = await Promise.allSettled([
    take('ecs', tasks, (task) => taskReports(task, environments), dependencies),
    take('lambda', functions, (one) => functionReports(one, environments), dependencies),
  ]);
  const failures = results.flatMap((one) => (one.status === 'rejected' ? [reasonOf(one.reason)] : []));
  if (failures.length > 0) {
    throw new CavendishError('unavailable', `what runs is not known: ${failures.join('; ')}`, {
      next: 'The next sweep asks again.',
    });
  }
  return results.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
}

async function take<T>(
  source: Exclude<SightingSource, 'cli'>,
  { scope, all }: { readonly scope: Scope; readonly all: () => AsyncIterable<T> },
  reportsOf: (one: T) => readonly Told[],
  dependencies: Dependencies,
): Promise<number> {
  async function* runs() {
    for await (const one of all()) {
      dependencies.signal.throwIfAborted();
      yield* reportsOf(one).filter(({ ended }) => !ended);
    }
  }
  const places = placesOf(scope, source);
  const covers = (record: { readonly source: SightingSource; readonly where: string }): boolean =>
    record.source === source && record.where.startsWith(places);
  const at = dependencies.now().toISOString();
  return (await takeListing({ at, runs: runs(), covers }, dependencies)).ended;
}

function reasonOf(cause: unknown): string {
  return Error.isError(cause) ? cause.message : String(cause);
}
