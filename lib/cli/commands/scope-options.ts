/** Options that say in which images and stages something is accepted. */
import type { Command } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { AskedTerms } from '../../pipeline/exceptions/asked-terms.ts';

export interface ScopeOptions {
  readonly asset?: string;
  readonly repository?: string;
  readonly digest?: string;
  readonly base?: string;
}

export function withScope(command: Command): Command {
  return command
    .option('--asset <id>', 'in the images of this asset')
    .option('--repository <pattern>', 'in the images of these repositories: team/app, team/*')
    .option('--digest <image>', 'in this image alone')
    .option('--base <image>', 'in this base image and all that is built on it');
}

/** @throws CavendishError `wrong-use` where none is given, or several */
export function imagesIn({ asset, repository, digest, base }: ScopeOptions): AskedTerms['images'] {
  const given = [
    ...(asset === undefined ? [] : [{ asset }]),
    ...(repository === undefined ? [] : [{ repository }]),
    ...(digest === undefined ? [] : [{ digest }]),
    ...(base === undefined ? [] : [{ base }]),
  ];
  const [first, ...more] = given;
  if (first !== undefined && more.length === 0) return first;
  return missing('--asset, --repository, --digest or --base', 'In which images? Exactly one of these says it.');
}

/** @throws CavendishError `wrong-use` where none is given */
export function stagesIn({ stage }: { readonly stage?: readonly Stage[] }): Stage[] {
  return [...(stage ?? missing('--stage', 'For which stage is the risk accepted?'))];
}

function missing(option: string, next: string): never {
  throw new CavendishError('wrong-use', `it needs ${option}`, { next });
}
