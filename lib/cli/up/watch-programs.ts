/** Tells programs what happens in a running home: one JSON document a line. */
import { documentOf } from '../document.ts';
import type { Io } from '../io.ts';
import type { Watch } from './events.ts';

export function watchForPrograms(io: Pick<Io, 'stdout'>): Watch {
  return (event) => {
    const said =
      event.event === 'verdict'
        ? { event: event.event, announced: event.announced, ...documentOf(event.assessment, event.id) }
        : event;
    io.stdout.write(`${JSON.stringify(said)}\n`);
  };
}
