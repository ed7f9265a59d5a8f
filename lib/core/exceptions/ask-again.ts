/** The command that asks for an exception, or for the same again: what its reader has to fill in is in capitals. */
import { shellWord } from '../text/shell.ts';
import type { Draft } from './exception.ts';
import type { ScopedImages } from './scope.ts';

export function askAgain({ scope, owner }: Pick<Draft, 'scope' | 'owner'>): string {
  const { vulnerabilities, packages, images, stages } = scope;
  return [
    'cavendish exception request',
    ...vulnerabilities.map((id) => `--vuln ${shellWord(id)}`),
    ...packages.map((name) => `--package ${shellWord(name)}`),
    imagesOption(images),
    ...stages.map((stage) => `--stage ${stage}`),
    `--owner ${owner === null ? 'NAME' : shellWord(owner)}`,
    '--reason TEXT --until DATE',
  ].join(' ');
}

function imagesOption(images: ScopedImages): string {
  if ('asset' in images) return `--asset ${shellWord(images.asset)}`;
  if ('repository' in images) return `--repository ${shellWord(images.repository)}`;
  return 'digest' in images ? `--digest ${images.digest}` : `--base ${images.base}`;
}
