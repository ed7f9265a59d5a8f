/** Tells programs what happens in a running home: one JSON document a line. */
import { documentOf } from '../document.ts';
import type { Io } from '../io.ts';
import type { UpEvent, Watch } from './events.ts';

export function watchForPrograms(io: Pick<Io, 'stdout'>): Watch {
  return (event) => {
    io.stdout.write(`${JSON.stringify(saidOf(event))}\n`);
  };
}

function saidOf(event: UpEvent): object {
  switch (event.event) {
    case 'verdict':
      return { event: event.event, announced: event.announced, ...documentOf(event.assessment, event.id) };
    case 'notice':
      // Its text says what the letter does.
      return { ...event, notice: { ...event.notice, letter: undefined } };
    default:
      return event;
  }
}
