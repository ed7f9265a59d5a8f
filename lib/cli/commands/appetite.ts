import { Command } from 'commander';

import type { Adoption } from '../../core/appetite/adoption.ts';
import { describeAppetite } from '../../core/appetite/describe-appetite.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { STAGES } from '../../core/image/stage.ts';
import { callerName } from '../../core/people/caller.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { appetiteInForce, appetiteVersion, IN_FORCE, type InForce, ownAppetite } from '../compose/appetite-version.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { adoptCommand, historyCommand } from './appetite-adopt.ts';
import { diffCommand } from './appetite-diff.ts';
import { presetsCommand, schemaCommand } from './appetite-presets.ts';
import { rehearseCommand } from './appetite-rehearse.ts';

interface AppetiteOptions extends CommonOptions {
  readonly text?: boolean;
}

/** `appetite …`: what it says, what another would change, and which one counts. */
export function appetiteCommand(io: Io): Command {
  const command = new Command('appetite').description('the risk appetite: what it says, and which one counts');
  for (const part of [
    checkCommand(io),
    showCommand(io),
    diffCommand(io),
    rehearseCommand(io),
    adoptCommand(io),
    historyCommand(io),
    presetsCommand(io),
    schemaCommand(io),
  ]) {
    command.addCommand(part);
  }
  return command;
}

function checkCommand(io: Io): Command {
  return withCommon(new Command('check'))
    .description('is the file right? every mistake with its line')
    .argument('[file]', "the file; the home's own, or the default, where left out")
    .action(async (file: string | undefined, options: AppetiteOptions) => {
      const { text, source } =
        file === undefined ? await ownAppetite(options, io) : await appetiteVersion(file, options, io);
      const { assets, stages } = parseAppetite(text, source);
      const criteria = STAGES.reduce((sum, stage) => sum + stages[stage].criteria.length, 0);
      if (options.json === true) printJson(io, { source, valid: true, assets: assets.length, criteria });
      else {
        print(
          io,
          `${source} is right: ${counted(assets.length, 'asset')}, ${counted(criteria, 'criterion', 'criteria')}.`,
        );
      }
    });
}

function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('what it says, in words')
    .argument('[version]', 'a file, a preset or a digest of an adopted version; what counts here, where left out')
    .option('--text', 'the file itself: a start for your own')
    .action(async (version: string | undefined, options: AppetiteOptions) => {
      const inForce = version === undefined ? await appetiteInForce(options, io) : null;
      const { text, source } = inForce ?? (await appetiteVersion(version ?? IN_FORCE, options, io));
      const appetite = parseAppetite(text, source);
      if (options.json === true) printJson(io, appetite);
      else if (options.text === true) print(io, text);
      else print(io, [...(inForce === null ? [] : whichLines(inForce)), describeAppetite(appetite)].join('\n'));
    });
}

function whichLines({ source, adoption, beside }: InForce): readonly string[] {
  const which = adoption === null ? [`In force: ${source}`] : adoptedLines(adoption);
  const other =
    beside === null
      ? []
      : [
          `${beside} differs from it and does not count until it is adopted.`,
          `What it would change: cavendish appetite rehearse ${beside}`,
        ];
  return [...which, ...other, ''].map(plainLine);
}

function adoptedLines({ name, hash, at, by, why }: Adoption): readonly string[] {
  return [`In force: ${name}, ${hash}`, `  adopted ${at} by ${callerName(by)}: ${why}`];
}
