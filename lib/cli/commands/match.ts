/** `match --purls FILE`: findings for packages from elsewhere. */
import { Command } from 'commander';

import { plainLine } from '../../core/text/plain.ts';
import { matchPurls, type PurlAnswer } from '../../pipeline/match-purls/match-purls.ts';
import { answerLines } from '../answer-lines.ts';
import { openLaptop } from '../compose/laptop.ts';
import { openInput } from '../compose/read-input.ts';
import { onlyOnLaptop } from '../home-name.ts';
import type { Io } from '../io.ts';
import { type CommonOptions, withHomeOptions } from '../options.ts';

interface MatchOptions extends CommonOptions {
  readonly purls: string;
}

const LONGEST_PURL = 4096;
/** Stands for a line that was let go; it is no package URL, and is answered as such. */
const LET_GO = `(a line of more than ${String(LONGEST_PURL)} characters)`;

/** `match`: nothing is kept of it, and the board does not move. */
export function matchCommand(io: Io): Command {
  return withHomeOptions(new Command('match'))
    .description('what the advisories that are held say of packages from elsewhere')
    .requiredOption('--purls <file>', 'package URLs, one a line; - for standard input')
    .addHelpText(
      'after',
      '\nA distribution says its release: pkg:deb/debian/openssl@1.1.1n-0+deb11u4?arch=source&distro=debian-11' +
        '\nWith --json one line a package: {purl, findings, gaps}, or {purl, error}.',
    )
    .action(async ({ data, home, json = false, purls }: MatchOptions) => {
      onlyOnLaptop(home, 'match', 'Import the same advisories into a home on a laptop: cavendish feeds import');
      const input = await openInput(purls, io);
      const laptop = await openLaptop({ data, as: 'beside', now: io.now() });
      try {
        const { intelligence } = laptop;
        const feeds = await intelligence.feeds();
        const write = json ? JSON.stringify : inWords;
        const answersOf = async (lines: readonly (string | null)[]): Promise<string> => {
          const given = lines.map((line) => (line ?? LET_GO).trim()).filter((line) => line !== '');
          const answers = await matchPurls(given, feeds, intelligence);
          return answers.map((answer) => `${write(answer)}\n`).join('');
        };
        await answerLines(input, LONGEST_PURL, answersOf, io);
      } finally {
        await laptop.close();
      }
    });
}

function inWords(answer: PurlAnswer): string {
  const purl = plainLine(answer.purl);
  if ('error' in answer) return `${purl}: can't be matched: ${plainLine(answer.error)}`;
  const said = [
    ...answer.findings.map(({ vulnerability, fixedIn, records }) => {
      const fix = fixedIn === null ? 'no fix is named' : `fixed in ${fixedIn}`;
      return `  ${vulnerability}, ${fix} (${records.join(', ')})`;
    }),
    ...answer.gaps.map((gap) => `  not known: ${gap}`),
  ];
  return [said.length === 0 ? `${purl}: no finding` : purl, ...said.map(plainLine)].join('\n');
}
