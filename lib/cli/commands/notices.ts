/** `notices preview`: what people are told, with sample data: nothing is read, and nothing is sent. */
import { Command } from 'commander';

import { didYouMean } from '../../core/appetite/nearest.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { NOTICE_KINDS } from '../../core/notices/kinds.ts';
import { letterHtml } from '../../core/notices/letter-html.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { type Io, print } from '../io.ts';
import { previews } from '../previews/previews.ts';

interface PreviewOptions {
  readonly html?: boolean;
}

/** `notices …` */
export function noticesCommand(io: Io): Command {
  return new Command('notices').description('what people are told').addCommand(previewCommand(io));
}

function previewCommand(io: Io): Command {
  return new Command('preview')
    .description('a notice of each kind, with sample data')
    .argument('[kind]', 'only of this kind')
    .option('--html', 'as the HTML part of a mail has it')
    .addHelpText('after', `\nKinds:\n${kinds()}`)
    .action((kind: string | undefined, { html = false }: PreviewOptions) => {
      const all = [...previews().values()];
      const shown = kind === undefined ? all : all.filter((notice) => notice.kind === kind);
      if (shown.length === 0) {
        throw new CavendishError('wrong-use', `there is no kind of notice "${String(kind)}"`, {
          next: didYouMean(String(kind), Object.keys(NOTICE_KINDS)),
        });
      }
      print(io, shown.map(html ? asHtml : asText).join('\n'));
    });
}

function asText({ kind, to, subject, text }: Notice): string {
  return `Kind:    ${kind}\nTo:      ${to}\nSubject: ${subject}\n\n${text}`;
}

function asHtml({ letter, subject }: Notice): string {
  return letterHtml(letter, subject);
}

function kinds(): string {
  const wide = Math.max(...Object.keys(NOTICE_KINDS).map(({ length }) => length));
  return Object.entries(NOTICE_KINDS)
    .map(([kind, sentence]) => `  ${kind.padEnd(wide)}  ${sentence}`)
    .join('\n');
}
