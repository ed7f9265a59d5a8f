/** `appetite diff A B`: what two appetites say that differs. */
import { Command } from 'commander';

import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { diffAppetites } from '../../pipeline/appetite/diff-appetites.ts';
import { appetiteVersion } from '../compose/appetite-version.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { renderAppetiteDiff } from '../render/appetite-diff.ts';

export function diffCommand(io: Io): Command {
  return withCommon(new Command('diff'))
    .description('what two appetites say that differs; their order and comments say nothing')
    .argument('<before>', 'a file, a preset, a digest of an adopted version, or in-force')
    .argument('<after>', 'the same')
    .action(async (before: string, after: string, options: CommonOptions) => {
      const [one, other] = [await appetiteVersion(before, options, io), await appetiteVersion(after, options, io)];
      const changes = diffAppetites(parseAppetite(one.text, one.source), parseAppetite(other.text, other.source));
      if (options.json === true) printJson(io, changes);
      else print(io, renderAppetiteDiff(changes, io));
    });
}
