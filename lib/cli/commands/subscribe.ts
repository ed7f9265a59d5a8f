import { Command, InvalidArgumentError, Option } from 'commander';

import type { Stage } from '../../core/image/stage.ts';
import { NOTICE_KINDS, TOLD_KINDS, type ToldKind } from '../../core/notices/kinds.ts';
import { ROUND_UPS, type RoundUpEvery } from '../../core/notices/round-up-times.ts';
import { LEAST_SEVERITIES } from '../../core/notices/subscriber.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import {
  subscribeOperation,
  subscribersOperation,
  unsubscribeOperation,
} from '../../pipeline/subscribers/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, stagesOption, withCommon } from '../options.ts';
import { subscribersText, subscriberText } from '../render/subscriber.ts';

interface SubscribeOptions extends CommonOptions {
  readonly name?: string;
  readonly team?: readonly string[];
  readonly asset?: readonly string[];
  readonly stage?: readonly Stage[];
  readonly kind?: readonly ToldKind[];
  readonly minSeverity?: (typeof LEAST_SEVERITIES)[number];
  readonly roundUp?: RoundUpEvery;
}

/** `subscribe`: somebody hears of what they ask for, by mail. */
export function subscribeCommand(io: Io): Command {
  return withCommon(new Command('subscribe'))
    .description('have an address told; what is left out is not asked about, what is given must all hold')
    .argument('<address>', 'of e-mail')
    .option('--name <name>', 'what the subscriber is called (default: made of the address)')
    .option('--team <team>', 'of what this team or its people own; may be given several times', collect)
    .option('--asset <id>', 'of this asset; may be given several times', collect)
    .addOption(stagesOption())
    .option('--kind <kind>', 'of this kind; may be given several times (default: what is said of images)', readKind)
    .addOption(
      new Option('--min-severity <severity>', 'where the worst vulnerability is so bad, or is not known').choices(
        LEAST_SEVERITIES,
      ),
    )
    .addOption(
      new Option('--round-up <every>', 'one message a day, or each Monday, but for what can not wait').choices(
        ROUND_UPS,
      ),
    )
    .addHelpText(
      'after',
      [
        '\nKinds:',
        ...TOLD_KINDS.map((kind) => `  ${kind}: ${NOTICE_KINDS[kind]}`),
        '\nExample:\n  cavendish subscribe shop@example.com --team "shop team" --stage production --min-severity high',
      ].join('\n'),
    )
    .action(async (address: string, options: SubscribeOptions) => {
      const {
        as,
        data,
        home,
        json,
        name = null,
        team,
        asset,
        stage,
        kind,
        minSeverity = null,
        roundUp = null,
      } = options;
      await withHome({ home, data, as, mode: 'beside' }, io, async ({ operate }) => {
        const subscriber = await operate(subscribeOperation, {
          ...{ address, name, minSeverity, roundUp, teams: team ?? null, assets: asset ?? null },
          ...{ stages: stage ?? null, kinds: kind ?? null },
        });
        if (json === true) printJson(io, subscriber);
        else print(io, subscriberText(subscriber));
      });
    });
}

/** `unsubscribe`: nothing more goes there. */
export function unsubscribeCommand(io: Io): Command {
  return withCommon(new Command('unsubscribe'))
    .description('have an address told no more')
    .argument('<who>', 'the name of a subscriber, or an address')
    .action(async (who: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { ended } = await operate(unsubscribeOperation, { who });
        if (json === true) printJson(io, { ended });
        else print(io, `Not told any more: ${ended.join(', ')}`);
      });
    });
}

/** `subscribers`: who is told of what, and whether it arrives. */
export function subscribersCommand(io: Io): Command {
  return withCommon(new Command('subscribers'))
    .description('who is told of what, and whether it arrives')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const rows = await everyRow((page) => operate(subscribersOperation, page));
        if (json === true) printJson(io, rows);
        else print(io, subscribersText(rows));
      });
    });
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function readKind(text: string, before: readonly ToldKind[] | undefined): readonly ToldKind[] {
  const kind = TOLD_KINDS.find((one) => one === text);
  if (kind === undefined) throw new InvalidArgumentError(`Allowed choices are ${TOLD_KINDS.join(', ')}.`);
  return [...(before ?? []), kind];
}
