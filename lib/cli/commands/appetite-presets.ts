/** `appetite presets [NAME]`, `appetite schema`: what comes with Cavendish. */
import { Argument, Command } from 'commander';

import { appetiteJsonSchema } from '../../core/appetite/appetite-json-schema.ts';
import { type Preset, PRESETS, presetText } from '../compose/presets.ts';
import { type Io, print, printJson } from '../io.ts';
import { table } from '../render/table.ts';

export function presetsCommand(io: Io): Command {
  return new Command('presets')
    .description('appetites that are usable as they are: which there are, or the file of one')
    .addArgument(new Argument('[name]', 'whose file to print').choices(Object.keys(PRESETS)))
    .option('--json', 'answer as JSON')
    .action(async (name: Preset | undefined, { json }: { readonly json?: boolean }) => {
      if (name !== undefined) {
        const text = await presetText(name);
        if (json === true) printJson(io, { name, says: PRESETS[name], text });
        else print(io, text.trimEnd());
      } else if (json === true) printJson(io, PRESETS);
      else print(io, table(Object.entries(PRESETS).map(([one, says]) => [one, says])).join('\n'));
    });
}

export function schemaCommand(io: Io): Command {
  return new Command('schema').description('the JSON Schema of the file, for editors').action(() => {
    printJson(io, appetiteJsonSchema());
  });
}
