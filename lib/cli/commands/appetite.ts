import { join, resolve } from 'node:path';
import { Command } from 'commander';

import { describeAppetite } from '../../core/appetite/describe-appetite.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { STAGES } from '../../core/image/stage.ts';
import { counted } from '../../core/text/plain.ts';
import { deployedAppetite } from '../compose/home.ts';
import { appetiteText } from '../compose/laptop.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { presetsCommand, schemaCommand } from './appetite-presets.ts';

interface AppetiteOptions extends CommonOptions {
  readonly appetite?: string;
  readonly text?: boolean;
}

/** `appetite …`: what a file says and what comes with Cavendish. */
export function appetiteCommand(io: Io): Command {
  const command = new Command('appetite').description('the risk appetite: is the file right, what does it say');
  const check = withCommon(new Command('check'))
    .description('is the file right? every mistake with its line')
    .argument('[file]', "the file; the home's own, or the default, where left out")
    .action(async (file: string | undefined, { data, home, json }: AppetiteOptions) => {
      const { appetite, source } = await read(file, { data, home }, io);
      const criteria = STAGES.reduce((sum, stage) => sum + appetite.stages[stage].criteria.length, 0);
      if (json === true) printJson(io, { source, valid: true, assets: appetite.assets.length, criteria });
      else
        print(
          io,
          `${source} is right: ${counted(appetite.assets.length, 'asset')}, ${counted(criteria, 'criterion', 'criteria')}.`,
        );
    });
  const show = withCommon(new Command('show'))
    .description('what it says, in words')
    .argument('[file]', "the file; the home's own, or the default, where left out")
    .option('--text', 'the file itself: a start for your own')
    .action(async (file: string | undefined, { data, home, json, text: whole }: AppetiteOptions) => {
      const { appetite, text } = await read(file, { data, home }, io);
      if (json === true) printJson(io, appetite);
      else print(io, whole === true ? text : describeAppetite(appetite));
    });
  command.addCommand(check);
  command.addCommand(show);
  command.addCommand(presetsCommand(io));
  command.addCommand(schemaCommand(io));
  return command;
}

async function read(file: string | undefined, { data, home }: Pick<CommonOptions, 'data' | 'home'>, io: Io) {
  if (file === undefined && home.kind === 'aws') return await deployedAppetite(home, io);
  const { text, source } = await appetiteText(file, join(resolve(data), 'appetite.yaml'));
  return { text, source, appetite: parseAppetite(text, source) };
}
