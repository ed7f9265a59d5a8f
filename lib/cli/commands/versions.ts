/** `versions compare`: the orders that matching goes by, asked directly. */
import { Command } from 'commander';

import { didYouMean } from '../../core/appetite/nearest.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { plainLine } from '../../core/text/plain.ts';
import { isOrdered, LONGEST_VERSION, order, ORDERED_FAMILIES, type Ordering } from '../../core/versions/order.ts';
import { isUnparsable, refusal } from '../../core/versions/version.ts';
import { answerLines } from '../answer-lines.ts';
import { type Io, print } from '../io.ts';

/** Two versions at their longest, and what may stand around them. */
const LONGEST_LINE = 4 * LONGEST_VERSION;

interface CompareOptions {
  readonly json?: boolean;
}

/** `versions …` */
export function versionsCommand(io: Io): Command {
  return new Command('versions')
    .description('which of two versions comes first, by the rules of their ecosystem')
    .addCommand(compareCommand(io));
}

function compareCommand(io: Io): Command {
  return new Command('compare')
    .description(
      '-1 where A comes before B, 0 where they are one version, 1 where A comes after, or unparsable and why',
    )
    .argument('<ecosystem>', 'by its OSV name: Debian:12, Alpine:v3.20, npm, PyPI …')
    .argument('[a]', 'a version; where left out, pairs with a tab between are read from standard input, one a line')
    .argument('[b]', 'the other version')
    .option('--json', 'each answer as JSON, one a line')
    .addHelpText(
      'after',
      `\nEcosystems: ${ORDERED_FAMILIES.join(', ')}.\nBefore a version that begins with a hyphen: --`,
    )
    .action(
      async (ecosystem: string, a: string | undefined, b: string | undefined, { json = false }: CompareOptions) => {
        if (!isOrdered(ecosystem)) {
          throw new CavendishError('wrong-use', `no order is known for the versions of "${ecosystem}"`, {
            next: `Of ecosystems, by OSV's names: ${didYouMean(ecosystem, ORDERED_FAMILIES)}`,
          });
        }
        if (a === undefined) {
          // An answer for each line, whatever it has: the answers stay beside what they answer.
          const answersOf = (lines: readonly (string | null)[]): string =>
            lines.map((line) => `${rendered(compareLine(ecosystem, line), json)}\n`).join('');
          await answerLines(io.stdin, LONGEST_LINE, answersOf, io);
        } else if (b === undefined) {
          throw new CavendishError('wrong-use', `"${a}" is one version, and it takes two`, {
            next: 'Without any, pairs are read from standard input.',
          });
        } else print(io, rendered({ a, b, answer: order(ecosystem, a, b) }, json));
      },
    );
}

interface Compared {
  readonly a: string | null;
  readonly b: string | null;
  readonly answer: Ordering;
}

function compareLine(ecosystem: string, line: string | null): Compared {
  if (line === null) {
    return { a: null, b: null, answer: refusal('', `the line is longer than ${String(LONGEST_LINE)} characters`) };
  }
  const [a, b, ...more] = line.split('\t');
  if (a === undefined || b === undefined || more.length > 0) {
    return { a: null, b: null, answer: refusal(line, 'it is no pair: two versions with a tab between') };
  }
  return { a, b, answer: order(ecosystem, a, b) };
}

function rendered({ a, b, answer }: Compared, json: boolean): string {
  if (json) return JSON.stringify(isUnparsable(answer) ? { a, b, order: null, ...answer } : { a, b, ...answer });
  return isUnparsable(answer) ? `unparsable "${plainLine(answer.unparsable)}": ${answer.why}` : String(answer.order);
}
