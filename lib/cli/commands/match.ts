/** `match --purls FILE`, `match --sbom FILE`: findings for packages from elsewhere. */
import { Command, Option } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import type { ListedComponent } from '../../core/sbom/listed-component.ts';
import { plainLine } from '../../core/text/plain.ts';
import { matchPurls, type PurlAnswer } from '../../pipeline/match-purls/match-purls.ts';
import { answerLines } from '../answer-lines.ts';
import { openLaptop } from '../compose/laptop.ts';
import { openInput } from '../compose/read-input.ts';
import { readSbom } from '../compose/read-sbom.ts';
import { onlyOnLaptop } from '../home-name.ts';
import type { Io } from '../io.ts';
import { type CommonOptions, withHomeOptions } from '../options.ts';

interface MatchOptions extends CommonOptions {
  readonly purls?: string;
  readonly sbom?: string;
}

const LONGEST_PURL = 4096;
/** Stands for a line that was let go; it is no package URL, and is answered as such. */
const LET_GO = `(a line of more than ${String(LONGEST_PURL)} characters)`;
/** Components that are answered together: their advisories are in memory at once. */
const TOGETHER = 1000;

/** `match`: nothing is kept of it, and the board does not move. */
export function matchCommand(io: Io): Command {
  return withHomeOptions(new Command('match'))
    .description('what the advisories that are held say of packages from elsewhere')
    .addOption(new Option('--purls <file>', 'package URLs, one a line; - for standard input').conflicts('sbom'))
    .option('--sbom <file>', 'a bill of materials in CycloneDX or SPDX, as JSON; - for standard input')
    .addHelpText(
      'after',
      '\nA distribution says its release: pkg:deb/debian/openssl@1.1.1n-0+deb11u4?arch=source&distro=debian-11' +
        '\nWith --json one line a package: {purl, findings, gaps}, or {purl, error}.',
    )
    .action(async ({ data, home, json = false, purls, sbom }: MatchOptions) => {
      onlyOnLaptop(home, 'match', 'Import the same advisories into a home on a laptop: cavendish feeds import');
      const listed = sbom === undefined ? null : await readSbom(sbom, io);
      const input = purls === undefined ? null : await openInput(purls, io);
      if (listed === null && input === null) {
        throw new CavendishError('bad-input', 'match what?', {
          next: 'Say --purls FILE or --sbom FILE; - is standard input.',
        });
      }
      const laptop = await openLaptop({ data, as: 'beside', now: io.now() });
      try {
        const { intelligence } = laptop;
        const feeds = await intelligence.feeds();
        const write = json ? JSON.stringify : inWords;
        const answersOf = async (components: readonly ListedComponent[]): Promise<string> => {
          const answers = await matchPurls(components, feeds, intelligence);
          return answers.map((answer) => `${write(answer)}\n`).join('');
        };
        for (const some of chunksOf(listed ?? [])) io.stdout.write(await answersOf(some));
        if (input !== null) {
          await answerLines(input, LONGEST_PURL, async (lines) => await answersOf(componentsOf(lines)), io);
        }
      } finally {
        await laptop.close();
      }
    });
}

function componentsOf(lines: readonly (string | null)[]): readonly ListedComponent[] {
  const given = lines.map((line) => (line ?? LET_GO).trim()).filter((line) => line !== '');
  return given.map((purl) => ({ name: purl, purl, source: null }));
}

/** One of each package URL: the same package may lie in several places. */
function* chunksOf(listed: readonly ListedComponent[]): Iterable<readonly ListedComponent[]> {
  const distinct = [
    ...new Map(listed.map((one) => [JSON.stringify([one.purl ?? one.name, one.source]), one])).values(),
  ];
  for (let at = 0; at < distinct.length; at += TOGETHER) yield distinct.slice(at, at + TOGETHER);
}

function inWords(answer: PurlAnswer): string {
  const name = plainLine(answer.purl ?? answer.component);
  if ('error' in answer) return `${name}: can't be matched: ${plainLine(answer.error)}`;
  const said = [
    ...answer.findings.map(({ vulnerability, fixedIn, records }) => {
      const fix = fixedIn === null ? 'no fix is named' : `fixed in ${fixedIn}`;
      return `  ${vulnerability}, ${fix} (${records.join(', ')})`;
    }),
    ...answer.gaps.map((gap) => `  not known: ${gap}`),
  ];
  return [said.length === 0 ? `${name}: no finding` : name, ...said.map(plainLine)].join('\n');
}
