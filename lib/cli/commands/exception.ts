import { Command, Option } from 'commander';

import { EXCEPTION_STATES, type ExceptionState } from '../../core/exceptions/exception.ts';
import {
  approveOperation,
  checkOperation,
  listOperation,
  refuseOperation,
  reviewOperation,
  revokeOperation,
  showOperation,
  withdrawControlOperation,
  withdrawOperation,
} from '../../pipeline/exceptions/operations.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readInstant, withCommon } from '../options.ts';
import { checkText, decidedText, exceptionText, listText } from '../render/exception.ts';
import { exceptionApplyCommand } from './exception-apply.ts';
import { exceptionExportCommand } from './exception-export.ts';
import { exceptionImportCommand } from './exception-import.ts';
import { exceptionRenewCommand, exceptionRequestCommand } from './exception-request.ts';

/** `exception`: accepted risks, each with an owner, an approver and an end. */
export function exceptionCommand(io: Io): Command {
  const command = new Command('exception').description('accepted risks: asked for, decided by another, ended in time');
  command.addCommand(listCommand(io), { isDefault: true });
  for (const one of [
    exceptionRequestCommand(io),
    deciding(io, 'approve', 'grant it; whoever asked does not approve', approve),
    deciding(io, 'refuse', 'do not grant it', refuse),
    deciding(io, 'withdraw', 'take back what you asked for, before it is decided', withdraw),
    deciding(io, 'revoke', 'end it before its time', revoke),
    exceptionRenewCommand(io),
    reviewCommand(io),
    controlCommand(io),
    showCommand(io),
    checkCommand(io),
    exceptionApplyCommand(io),
    exceptionImportCommand(io),
    exceptionExportCommand(io),
  ]) {
    command.addCommand(one);
  }
  return command;
}

interface ListOptions extends CommonOptions {
  readonly state?: ExceptionState;
  readonly all?: boolean;
  readonly owner?: string;
  readonly asset?: string;
  readonly vuln?: string;
}

function listCommand(io: Io): Command {
  return withCommon(new Command('list'))
    .description('what is asked for and what is in force')
    .addOption(new Option('--state <state>', 'only in this state').choices(EXCEPTION_STATES))
    .option('--all', 'also what is over')
    .option('--owner <person>', 'only of this owner')
    .option('--asset <id>', 'only those that name this asset')
    .option('--vuln <id>', 'only those that name this vulnerability')
    .action(async ({ as, data, home, json, all = false, state, owner, asset, vuln }: ListOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const states = state === undefined ? statesOf(all) : [state];
        const filter = { states, owner: owner ?? null, asset: asset ?? null, vulnerability: vuln ?? null };
        const rows = await everyRow((page) => operate(listOperation, { ...filter, ...page }));
        if (json === true) printJson(io, rows);
        else print(io, listText(rows, all || state !== undefined, io));
      });
    });
}

function statesOf(all: boolean): ExceptionState[] {
  return all ? [...EXCEPTION_STATES] : ['requested', 'granted'];
}

interface DecidingOptions extends CommonOptions {
  readonly why?: string;
}

interface Deciding {
  readonly operation: typeof approveOperation | typeof refuseOperation;
  /** Whether a reason has to be given. */
  readonly asksWhy: boolean;
}

const approve: Deciding = { operation: approveOperation, asksWhy: false };
const refuse: Deciding = { operation: refuseOperation, asksWhy: true };
const withdraw: Deciding = { operation: withdrawOperation, asksWhy: true };
const revoke: Deciding = { operation: revokeOperation, asksWhy: true };

function deciding(io: Io, name: string, description: string, { operation, asksWhy }: Deciding): Command {
  const why = new Option('--why <reason>', 'in a sentence; it stays in the register');
  if (asksWhy) why.makeOptionMandatory();
  return withCommon(new Command(name))
    .description(description)
    .argument('<id>', 'the exception: EX-…')
    .addOption(why)
    .action(async (id: string, { as, data, home, json, why: given }: DecidingOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const exception =
          operation === approveOperation
            ? await operate(approveOperation, { id, why: given ?? null })
            : await operate(operation as typeof refuseOperation, { id, why: given ?? '' });
        if (json === true) printJson(io, exception);
        else print(io, decidedText(exception, io));
      });
    });
}

interface ReviewOptions extends CommonOptions {
  readonly stillNeeded?: boolean;
  readonly revoke?: boolean;
  readonly next?: string;
  readonly why: string;
}

function reviewCommand(io: Io): Command {
  return withCommon(new Command('review'))
    .description('answer its review: it is still needed, or it ends')
    .argument('<id>', 'the exception in force: EX-…')
    .addOption(new Option('--still-needed', 'it goes on').conflicts('revoke'))
    .option('--revoke', 'it ends now')
    .option('--next <date>', 'the next review; left out: none before it ends')
    .requiredOption('--why <reason>', 'what the review found')
    .action(async (id: string, options: ReviewOptions, command: Command) => {
      const { as, data, home, json, next, why } = options;
      if (options.stillNeeded !== true && options.revoke !== true) {
        command.error('error: a review has an answer: --still-needed or --revoke');
      }
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const exception =
          options.revoke === true
            ? await operate(revokeOperation, { id, why })
            : await operate(reviewOperation, { id, why, next: next ?? null });
        if (json === true) printJson(io, exception);
        else print(io, decidedText(exception, io));
      });
    });
}

interface ControlOptions extends CommonOptions {
  readonly control: string;
  readonly why: string;
}

function controlCommand(io: Io): Command {
  return withCommon(new Command('withdraw-control'))
    .description('say that a compensating control is no longer there')
    .argument('<id>', 'the exception in force: EX-…')
    .requiredOption('--control <id>', 'which control')
    .requiredOption('--why <reason>', 'in a sentence; it stays in the register')
    .action(async (id: string, { as, data, home, json, control, why }: ControlOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const exception = await operate(withdrawControlOperation, { id, control, why });
        if (json === true) printJson(io, exception);
        else print(io, decidedText(exception, io));
      });
    });
}

interface ShowOptions extends CommonOptions {
  readonly at?: string;
}

function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('one exception whole, with everything that was done to it')
    .argument('<id>', 'the exception: EX-…')
    .addOption(new Option('--at <instant>', 'as it was then').argParser(readInstant))
    .action(async (id: string, { as, data, home, json, at }: ShowOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const shown = await operate(showOperation, { id, at: at ?? null });
        if (json === true) printJson(io, shown);
        else print(io, exceptionText(shown, io));
      });
    });
}

function checkCommand(io: Io): Command {
  return withCommon(new Command('check'))
    .description('what is in force and matches nothing, grew, overlaps, has a fix, or is due')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const rows = await everyRow(({ after }) => operate(checkOperation, { limit: CHECKED_AT_ONCE, after }));
        if (json === true) printJson(io, rows);
        else print(io, checkText(rows, io));
      });
    });
}

/** Each is looked up in everything that it may cover. */
const CHECKED_AT_ONCE = 20;
