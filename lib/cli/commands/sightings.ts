import { Command } from 'commander';

import { isRunning, type Sighting } from '../../core/sightings/sighting.ts';
import { counted } from '../../core/text/plain.ts';
import { sightingsOperation } from '../../pipeline/sightings/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { sightingsTable } from '../render/sighting.ts';

/** `sightings`: what runs where; of one image also what ran. */
export function sightingsCommand(io: Io): Command {
  return withCommon(new Command('sightings'))
    .description('what runs where; of one image also where it ran, with first seen, last seen and end')
    .argument('[image]', 'a digest, a reference with a digest, or a name on the board')
    .action(async (image: string | undefined, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const sightings = await operate(sightingsOperation, { image: image ?? null });
        if (json === true) printJson(io, sightings);
        else print(io, sightings.length === 0 ? nothing(image) : render(sightings, io));
      });
    });
}

function nothing(image: string | undefined): string {
  const what = image === undefined ? 'Nothing is known to run.' : 'It was never seen to run.';
  return `${what} Tell what does: cavendish sight IMAGE --where PLACE`;
}

function render(sightings: readonly Sighting[], io: Io): string {
  const running = sightings.filter(isRunning).length;
  const ended = sightings.length - running;
  const count = ended === 0 ? `${String(running)} running` : `${String(running)} running, ${String(ended)} ended`;
  return [
    ...sightingsTable(sightings, coloursFor(io.stdout)),
    '',
    `${counted(sightings.length, 'sighting')}: ${count}`,
  ].join('\n');
}
